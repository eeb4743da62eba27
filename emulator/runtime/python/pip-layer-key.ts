import { readFile } from 'node:fs/promises';
import type { LayerCache } from '../image/layer-cache.ts';

const PIP_INSTALL = /^(?:python3? -m )?pip3? install\s/;

/**
 * Key of the environment that this command makes of the one with the key `before`; undefined when it installs
 * something that its words and its requirements files do not tell, such as the project itself.
 */
export async function pipLayerKey(
  command: string,
  locate: (file: string) => string,
  before: string | undefined,
  layers: LayerCache,
): Promise<string | undefined> {
  if (before === undefined || !PIP_INSTALL.test(command) || /[$`*<>|]/.test(command)) return undefined;
  const files: string[] = [];
  const words = command.replace(PIP_INSTALL, '').split(/\s+/);
  for (const [at, word] of words.entries()) {
    if (/^(-r|--requirement|-c|--constraint)$/.test(words[at - 1] ?? '')) files.push(word);
    else if (/^[./]/.test(word)) return undefined;
  }
  const contents = await Promise.all(files.map((file) => readFile(locate(file), 'utf8').catch(() => '-e missing')));
  if (contents.some((content) => /^\s*(-|\.|\/|file:)|@\s*file:/m.test(content))) return undefined;
  return layers.key(before, command, ...contents);
}

/** Whether a command needs Python, and whether it may install something. */
export function pythonUse(command: string): 'none' | 'runs' | 'installs' {
  if (/(^|\s)(pip3?|uv|poetry|pipenv)(\s|$)/.test(command)) return 'installs';
  return /(^|\s)python3?(\s|$)/.test(command) ? 'runs' : 'none';
}
