import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { README } from './file-names.ts';

/** Any of these at its top makes a directory one that could be deployed. */
const SIGNS = [README, 'Dockerfile', 'index.html'];

/**
 * Whether something is checked out: the directory belongs to a repository, or looks like an app. Files that a job left
 * in an empty workspace are no source, and neither is the home of a person who asks from there.
 */
export async function hasSource(directory: string): Promise<boolean> {
  const names = await readdir(directory).catch((): string[] => []);
  if (names.length === 0) return false;
  return SIGNS.some((sign) => names.includes(sign)) || isInRepository(directory);
}

async function isInRepository(directory: string): Promise<boolean> {
  const isHere = await access(join(directory, '.git')).then(
    () => true,
    () => false,
  );
  const parent = dirname(directory);
  return isHere || (parent !== directory && isInRepository(parent));
}
