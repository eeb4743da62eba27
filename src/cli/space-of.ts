import { terminalRunner } from '../edges/terminal.ts';
import { readInputs } from '../inputs/read-inputs.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';

/** The Space that a deployment would be to; undefined where the inputs do not say it, which the deployment then tells. */
export async function spaceOf({ inputs }: Order, { env, git, cwd }: Machine): Promise<string | undefined> {
  const { root } = await findWorkspace(git, cwd, inputs['path']);
  const runner = terminalRunner({
    env: { ...env, GITHUB_WORKSPACE: root },
    // What names the Space, and nothing that may be wrong for another reason.
    inputs: Object.fromEntries(['space', 'environment', 'config'].map((name) => [name, inputs[name] ?? ''])),
    show: () => undefined,
    confirm: async () => 'no',
    hasLiveLine: false,
  });
  return readInputs(runner).then(
    ({ space }) => space.id,
    () => undefined,
  );
}
