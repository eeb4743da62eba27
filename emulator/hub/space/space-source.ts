import { constants, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutTree } from '../../git/checkout-tree.ts';
import type { SpaceSource } from '../../runtime/types.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { mayRead } from '../accounts/caller.ts';
import type { Setting, Space } from './space.ts';

/** What the runtime may ask of a Space. */
export function spaceSource(space: Space, accounts: Accounts): SpaceSource {
  return {
    get id() {
      return space.id;
    },
    checkout: (commit, into) => checkoutWithObjects(space, commit, into),
    head: () => space.repository.head(),
    frontMatter: (commit) => space.frontMatter(commit),
    settings: () => ({ variables: values(space.record.variables), secrets: values(space.record.secrets) }),
    mayVisit: (authorization) => space.visibility !== 'private' || mayVisitPrivate(space, accounts, authorization),
  };
}

async function checkoutWithObjects(space: Space, commit: string, into: string): Promise<void> {
  await checkoutTree(space.repository.gitDir, commit, into);
  const { tree } = await space.revision(commit);
  for (const { path, lfs } of (await space.repository.tree(tree)).entries) {
    if (lfs) await copyFile(space.objects.path(lfs.oid), join(into, path), constants.COPYFILE_FICLONE);
  }
}

function mayVisitPrivate(space: Space, accounts: Accounts, authorization: string | undefined): boolean {
  try {
    return mayRead(accounts.caller(authorization), space);
  } catch {
    return false;
  }
}

function values(settings: Readonly<Record<string, Setting>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value]));
}
