import { randomBytes } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Addition, Author } from '../../git/write-commit.ts';
import type { Readings } from '../../readings.ts';
import { initialFiles } from './initial-files.ts';
import type { NewCard } from './initial-readme.ts';
import { type Setting, Space, type Visibility } from './space.ts';
import type { StoredVolume } from './volumes.ts';

export interface NewSpace extends NewCard {
  readonly visibility: Visibility;
  readonly variables: Record<string, Setting>;
  readonly secrets: Record<string, Setting>;
  readonly volumes?: readonly StoredVolume[] | undefined;
  readonly devMode: boolean;
  /** In addition to the files that every new Space gets. */
  readonly files: readonly Addition[];
  /** Who makes the first commit (hub-contract §5.1). */
  readonly author: Author;
  /** Repository and objects come from this one. */
  readonly copyOf?: Space;
}

interface Place {
  /** Directory of all Spaces. */
  readonly dir: string;
  readonly now: () => Date;
  readonly readings: Readings;
}

/** Creates a Space on disk, with its first commit. It does not run yet. */
export async function layOutSpace(wanted: NewSpace, { dir, now, readings }: Place): Promise<Space> {
  const date = now();
  const key = randomBytes(12).toString('hex');
  const { id, visibility, devMode, variables, secrets, volumes } = wanted;
  const record = { key, createdAt: date.toISOString(), createdSdk: wanted.sdk, id, visibility, devMode };
  const pushes = { ...wanted.copyOf?.record.pushes };
  const space = new Space({ ...record, variables, secrets, volumes, pushes }, join(dir, key), readings);
  await mkdir(space.dir, { recursive: true });
  await (wanted.copyOf ? copyContent(wanted.copyOf, space) : initialCommit(space, wanted, date));
  await space.save();
  return space;
}

async function initialCommit(space: Space, wanted: NewSpace, date: Date): Promise<void> {
  await space.repository.init();
  await space.repository.commit({
    ref: 'refs/heads/main',
    parent: undefined,
    message: 'initial commit',
    author: wanted.author,
    date,
    deletions: [],
    additions: [...initialFiles(wanted), ...wanted.files],
  });
}

async function copyContent(from: Space, to: Space): Promise<void> {
  await cp(from.repository.gitDir, to.repository.gitDir, { recursive: true });
  await from.objects.copyTo(to.objects);
}
