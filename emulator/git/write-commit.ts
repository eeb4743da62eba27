import { runGit, settingsEnv } from './run-git.ts';

export interface Author {
  readonly name: string;
  readonly email: string;
}

export type Addition =
  | { readonly path: string; readonly content: Buffer }
  /** A blob that the repository has already. */
  | { readonly path: string; readonly blob: string };

export interface CommitDraft {
  readonly ref: string;
  readonly parent: string | undefined;
  readonly message: string;
  readonly author: Author;
  readonly date: Date;
  /** Paths of files or, without a trailing slash, of whole directories. */
  readonly deletions: readonly string[];
  readonly additions: readonly Addition[];
}

/** Does not compress packs much, and starts no second process to unpack small ones. */
const quickly = settingsEnv({ 'pack.compression': '1', 'fastimport.unpackLimit': '0' });

/**
 * Makes one commit on a ref through `git fast-import` (thousands of files, one process) and returns its id. It is
 * quick, because the client waits for it.
 */
export async function writeCommit(gitDir: string, draft: CommitDraft): Promise<string> {
  const args = ['fast-import', '--quiet', '--done', '--depth=0'];
  const out = await runGit(gitDir, args, { input: commands(draft), env: quickly });
  return out.toString().trim();
}

function* commands(draft: CommitDraft): Generator<string | Buffer> {
  const stamp = `${draft.author.name} <${draft.author.email}> ${Math.floor(draft.date.getTime() / 1000)} +0000\n`;
  const message = Buffer.from(draft.message);
  yield `commit ${draft.ref}\nmark :1\nauthor ${stamp}committer ${stamp}data ${message.length}\n`;
  yield message;
  yield draft.parent ? `\nfrom ${draft.parent}\n` : '\n';
  // Deletions first: a file may become a directory of the same name in one commit.
  for (const path of draft.deletions) yield `D ${quoted(path)}\n`;
  for (const addition of draft.additions) yield* modify(addition);
  yield '\nget-mark :1\ndone\n';
}

function* modify(addition: Addition): Generator<string | Buffer> {
  if ('blob' in addition) {
    yield `M 100644 ${addition.blob} ${quoted(addition.path)}\n`;
    return;
  }
  yield `M 100644 inline ${quoted(addition.path)}\ndata ${addition.content.length}\n`;
  yield addition.content;
  yield '\n';
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
