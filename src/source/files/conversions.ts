import { type IndexEntry, records } from './index-entries.ts';
import type { Repository } from './repository.ts';

/** Paths whose bytes in the work tree git makes from those of the blob, besides line ends: these show in the size. */
export interface Conversions {
  /** By a program (LFS, git-crypt): the work tree has the file that the app needs, and the blob has not. */
  readonly filtered: ReadonlySet<string>;
  /** By git itself: an encoding, or keywords. */
  readonly converted: ReadonlySet<string>;
}

/** Which paths have attributes that make the bytes of the work tree differ from those of the blob. */
export async function conversionsOf(repository: Repository, entries: readonly IndexEntry[]): Promise<Conversions> {
  const input = entries.map(({ path }) => `${path}\0`).join('');
  // All attributes: git leaves out those that a path does not have, which are most.
  const fields = records(await repository.read(['check-attr', '-z', '--stdin', '--all'], input));
  const filtered = new Set<string>();
  const converted = new Set<string>();
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [path = '', attribute = '', value] = fields.slice(i, i + 3);
    if (value === 'unset') continue;
    if (attribute === 'filter') filtered.add(path);
    if (attribute === 'ident' || attribute === 'working-tree-encoding') converted.add(path);
  }
  return { filtered, converted };
}
