import { readObject } from './objects.ts';
import { runGit } from './run-git.ts';

/** What a commit object says. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly title: string;
  /** What follows the title. */
  readonly message: string;
  /** Title and message, byte for byte. */
  readonly text: string;
  readonly author: string;
  /** ISO-8601, UTC. */
  readonly date: string;
}

export interface LogPage {
  readonly skip?: number;
  /** All when absent. */
  readonly count?: number;
}

/** The commit with this id; throws when there is none. */
export async function readCommit(gitDir: string, id: string): Promise<Commit> {
  return parse(id, (await readObject(gitDir, 'commit', id)).toString());
}

/** Commits reachable from one, newest first, as `git log` orders them. */
export async function commitLog(
  read: (id: string) => Promise<Commit>,
  from: string,
  { skip = 0, count = Number.POSITIVE_INFINITY }: LogPage,
): Promise<Commit[]> {
  const log: Commit[] = [];
  const seen = new Set([from]);
  const next = [await read(from)];
  while (next.length > 0 && log.length < skip + count) {
    const newest = next.reduce((one, other) => (other.date > one.date ? other : one));
    next.splice(next.indexOf(newest), 1);
    log.push(newest);
    const unseen = newest.parents.filter((parent) => !seen.has(parent));
    for (const parent of unseen) seen.add(parent);
    next.push(...(await Promise.all(unseen.map(read))));
  }
  return log.slice(skip);
}

export async function countCommits(gitDir: string, commit: string): Promise<number> {
  return Number(await runGit(gitDir, ['rev-list', '--count', commit]));
}

function parse(id: string, text: string): Commit {
  const headEnd = text.indexOf('\n\n');
  const head = text.slice(0, headEnd).split('\n');
  const all = (name: string) =>
    head.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
  const [, seconds] = / (\d+) [+-]\d{4}$/.exec(all('committer')[0] ?? '') ?? [];
  // The title is the first paragraph, on one line.
  const body = text.slice(headEnd + 2).replace(/^\n+/, '');
  const gap = /\n\s*\n/.exec(body);
  return {
    id,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: all('author')[0]?.replace(/ <.*$/, '') ?? '',
    title: body.slice(0, gap?.index).trimEnd().replaceAll('\n', ' '),
    message: gap === null ? '' : body.slice(gap.index + gap[0].length).trimEnd(),
    text: body,
    date: new Date(Number(seconds) * 1000).toISOString(),
  };
}
