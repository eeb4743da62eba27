import { constants, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutTree } from '../../git/checkout-tree.ts';
import type { SpaceSource } from '../../space-runtime.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { mayRead } from '../accounts/caller.ts';
import type { Buckets } from './buckets.ts';
import type { Setting, Space } from './space.ts';
import { mountable } from './volumes.ts';

/** What the runtime may ask of a Space. */
export function spaceSource(space: Space, accounts: Accounts, buckets: Buckets): SpaceSource {
  return {
    get id() {
      return space.id;
    },
    checkout: (commit, into) => checkoutWithObjects(space, commit, into),
    writeFile: (commit, path, to) => writeOne(space, commit, path, to),
    head: () => space.repository.head(),
    frontMatter: (commit) => space.frontMatter(commit),
    settings: () => ({
      variables: values(space.record.variables),
      secrets: values(space.record.secrets),
      volumes: space.record.volumes && mountable(space.record.volumes, buckets),
    }),
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

async function writeOne(space: Space, commit: string, path: string, to: string): Promise<boolean> {
  const { tree } = await space.revision(commit);
  const entry = (await space.repository.tree(tree)).byPath.get(path);
  if (entry?.type !== 'file') return false;
  if (entry.lfs) await copyFile(space.objects.path(entry.lfs.oid), to, constants.COPYFILE_FICLONE);
  else await writeFile(to, await space.repository.blob(entry.oid));
  return true;
}

function mayVisitPrivate(space: Space, accounts: Accounts, authorization: string | undefined): boolean {
  try {
    const caller = accounts.caller(authorization);
    // Whether the proxy accepts a publisher's token is not established (hub-contract §24, U7).
    if (caller.kind === 'oidc' && space.readings.U7 === 'a') return false;
    return mayRead(caller, space);
  } catch {
    return false;
  }
}

function values(settings: Readonly<Record<string, Setting>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value]));
}
