import { runGit } from './run-git.ts';

/** `info` tells what an object is, `contents` also what is in it; by id. */
export type Question = `${'info' | 'contents'} ${string}`;

export interface GitObject {
  readonly id: string;
  readonly type: string;
  /** Bytes of the content. */
  readonly size: number;
  /** Empty where only `info` was asked for. */
  readonly content: Buffer;
}

/** An object to each question, in their order, undefined where there is none; without a start of git, mostly. */
export async function askObjects(
  gitDir: string,
  questions: readonly Question[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly (GitObject | undefined)[]> {
  if (questions.length === 0) return [];
  const args = ['cat-file', '--batch-command', '--buffer'];
  const out = await runGit(gitDir, args, { input: `${questions.join('\n')}\n`, env, isKept: true });
  let at = 0;
  return questions.map((question) => {
    const lineEnd = out.indexOf(0x0a, at);
    const [id = '', type = '', digits] = out.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (type === 'missing') return undefined;
    const size = Number(digits);
    if (question.startsWith('info ')) return { id, type, size, content: Buffer.alloc(0) };
    const content = out.subarray(at, at + size);
    at += size + 1;
    return { id, type, size, content };
  });
}
