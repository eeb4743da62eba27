import { parseConfig } from '../inputs/config/parse-config.ts';
import { readConfigFile } from '../inputs/config/read-file.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';

/** The environments that spaceport.yml has by name; of a pattern nobody knows which there are. */
export async function environmentsOf({ inputs }: Order, { git, cwd, env }: Machine): Promise<readonly string[]> {
  const { root } = await findWorkspace(git, cwd, inputs['path']);
  const file = await readConfigFile(inputs['config'] ?? '', root);
  if (file.kind !== 'text') return [];
  const { config } = parseConfig(file.file, file.text, env);
  return [...(config.environments?.keys() ?? [])].filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
}
