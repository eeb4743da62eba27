import { runGit } from './run-git.ts';

export interface LoggedCommit {
  readonly id: string;
  readonly title: string;
  /** What follows the title. */
  readonly message: string;
  readonly author: string;
  /** ISO-8601, UTC. */
  readonly date: string;
}

export interface LogPage {
  readonly skip?: number;
  /** All when absent. */
  readonly count?: number;
}

/** Commits reachable from a revision, newest first. */
export async function commitLog(gitDir: string, commit: string, page: LogPage): Promise<LoggedCommit[]> {
  const range = [`--skip=${page.skip ?? 0}`, ...(page.count === undefined ? [] : [`--max-count=${page.count}`])];
  const format = '--format=%H%x00%an%x00%ct%x00%s%x00%b%x00';
  const out = await runGit(gitDir, ['log', ...range, format, commit]);
  return out.toString().split('\0\n').filter(Boolean).map(parse);
}

export async function countCommits(gitDir: string, commit: string): Promise<number> {
  return Number(await runGit(gitDir, ['rev-list', '--count', commit]));
}

function parse(record: string): LoggedCommit {
  const [id = '', author = '', seconds, title = '', message = ''] = record.split('\0');
  return { id, author, title, message: message.trimEnd(), date: new Date(Number(seconds) * 1000).toISOString() };
}
