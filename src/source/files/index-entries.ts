import type { Repository } from './repository.ts';

/** A path that git tracks. */
export interface IndexEntry {
  /** `H` for a path that git watches, `S` for one left out, small letters for unwatched ones. */
  readonly tag: string;
  readonly mode: string;
  readonly oid: string;
  readonly path: string;
  /** Whether the work tree has another content, or none. */
  readonly isModified: boolean;
  /** Whether a merge left several versions of it, and git does not know which one is right. */
  readonly isUnmerged: boolean;
}

export const MODE = { executable: '100755', link: '120000', submodule: '160000' } as const;

const RECORD = /^(\S) (\d+) ([0-9a-f]+) (\d)\t(.*)$/s;

/** All that git knows of its paths, by one process: a path that is modified comes twice, the second time as `C`. */
export async function indexEntries(repository: Repository): Promise<readonly IndexEntry[]> {
  const listed = await repository.read(['ls-files', '-z', '-v', '--stage', '--cached', '--modified']);
  const entries = records(listed).map((record) => {
    const [, tag = '', mode = '', oid = '', stage = '', path = ''] = RECORD.exec(record) ?? [];
    return { tag, mode, oid, path, isUnmerged: stage !== '0' };
  });
  const modified = new Set(entries.filter(({ tag }) => tag === 'C').map(({ path }) => path));
  const listedOnce = entries.filter(({ tag, path, isUnmerged }, index) => {
    // git lists the versions of a path one after the other.
    const isAnotherVersion = isUnmerged && entries[index - 1]?.path === path;
    return tag !== 'C' && !isAnotherVersion;
  });
  return listedOnce.map((entry) => ({ ...entry, isModified: modified.has(entry.path) }));
}

/** The parts of what git prints with `-z`. */
export function records(text: string): string[] {
  return text.split('\0').filter((record) => record !== '');
}
