import type { TreeEntry } from './list-tree.ts';
import { runGit } from './run-git.ts';

export interface LastCommit {
  readonly id: string;
  readonly title: string;
  /** ISO-8601, UTC. */
  readonly date: string;
}

/** The last commit that touched each of these entries, from one walk through the history. */
export async function lastCommits(
  gitDir: string,
  commit: string,
  entries: readonly TreeEntry[],
): Promise<Map<string, LastCommit>> {
  const wanted = new Set(entries.map(({ path }) => path));
  const found = new Map<string, LastCommit>();
  const format = '--format=%x01%H%x02%s%x02%ct';
  const out = await runGit(gitDir, ['log', '-m', '--first-parent', '--name-only', '-z', format, commit]);
  for (const record of out.toString().split('\x01').slice(1)) {
    const [head = '', ...paths] = record.split(/\0+\n?/);
    const [id = '', title = '', seconds] = head.split('\x02');
    const last = { id, title, date: new Date(Number(seconds) * 1000).toISOString() };
    for (const path of paths.flatMap(withParents)) {
      if (wanted.has(path) && !found.has(path)) found.set(path, last);
    }
  }
  return found;
}

function withParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}
