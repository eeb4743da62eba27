import type { TreeEntry } from '../../git/list-tree.ts';

interface Expanded {
  readonly lastCommit: { readonly id: string; readonly title: string; readonly date: string } | undefined;
}

/** A file or folder as tree and paths-info show it (hub-contract §7). */
export function treeItem(entry: TreeEntry, expanded?: Expanded): Record<string, unknown> {
  const { type, oid, size, path, lfs } = entry;
  return {
    type,
    oid,
    size,
    path,
    lfs: lfs && { oid: lfs.oid, size: lfs.size, pointerSize: lfs.pointerSize },
    ...(expanded ? { lastCommit: expanded.lastCommit, ...security(type) } : {}),
  };
}

function security(type: TreeEntry['type']): Record<string, unknown> {
  if (type === 'directory') return {};
  const unscanned = { status: 'unscanned' };
  return { securityFileStatus: { ...unscanned, avScan: unscanned, pickleImportScan: unscanned } };
}
