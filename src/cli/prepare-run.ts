import type { RawInputs } from '../inputs/raw-inputs.ts';
import { findToken } from './find-token.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';

/** What a run is given: inputs by name, and the environment of the step. */
export interface Given {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: RawInputs['env'];
}

/** The inputs and the environment of a run, or what is wrong with the command. */
export async function prepareRun(order: Order, mode: string, { env, git, cwd }: Machine): Promise<Given | string> {
  const file = order.options['token-file'];
  const found = await findToken(env, typeof file === 'string' && file !== '' ? file : undefined);
  if (found.kind === 'wrong') return `${found.what}\nFix: Log in with \`hf auth login\`, or give another token.\n`;
  if (found.kind === 'none' && !hasIdentity(env)) return noToken(found.looked);
  const { root, path } = await findWorkspace(git, cwd, order.inputs['path']);
  const token = found.kind === 'found' ? found.token : undefined;
  return {
    inputs: { ...order.inputs, mode, ...(path === undefined ? undefined : { path }) },
    env: { ...env, GITHUB_WORKSPACE: root, HF_TOKEN: token },
  };
}

/** Whether the job of a CI system has an identity that the Hub may exchange for a token (hub-contract §4.2). */
function hasIdentity(env: Machine['env']): boolean {
  return Boolean(env['HF_OIDC_ID_TOKEN'] || env['ACTIONS_ID_TOKEN_REQUEST_URL']);
}

function noToken(looked: readonly string[]): string {
  return `There is no token of Hugging Face to sign in with.
Where: ${looked.join(', then ')}
Fix: Log in with \`hf auth login\`, set HF_TOKEN, or name a file that has the token with --token-file.
`;
}
