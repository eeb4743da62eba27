import { runGit } from './run-git.ts';

export interface GitObject {
  readonly type: string;
  /** Bytes of the content. */
  readonly size: number;
  /** Empty where only `info` was asked for. */
  readonly content: Buffer;
}

/**
 * Objects by id; unknown ids are absent. `info` tells what they are, `contents` also what is in them. While the
 * launcher is kept, one process of a repository answers all of these.
 */
export async function readObjects(
  gitDir: string,
  what: 'info' | 'contents',
  ids: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Map<string, GitObject>> {
  const found = new Map<string, GitObject>();
  if (ids.length === 0) return found;
  const input = ids.map((id) => `${what} ${id}\n`).join('');
  const out = await runGit(gitDir, ['cat-file', '--batch-command', '--buffer'], { input, env, isLongRunning: true });
  for (let at = 0; at < out.length; ) {
    const lineEnd = out.indexOf(0x0a, at);
    const [id = '', type = '', digits] = out.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (type === 'missing') continue;
    const size = Number(digits);
    const content = what === 'info' ? Buffer.alloc(0) : out.subarray(at, at + size);
    if (what === 'contents') at += size + 1;
    found.set(id, { type, size, content });
  }
  return found;
}

/** The content of an object; throws when there is none of this id and type. */
export async function readObject(gitDir: string, type: string, id: string): Promise<Buffer> {
  const object = (await readObjects(gitDir, 'contents', [id])).get(id);
  if (object?.type !== type) throw new Error(`${gitDir} has no ${type} ${id}`);
  return object.content;
}
