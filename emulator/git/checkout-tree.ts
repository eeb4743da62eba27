import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './run-git.ts';

/** Writes the files of a commit into an existing directory, LFS pointers as they are. */
export async function checkoutTree(gitDir: string, commit: string, into: string): Promise<void> {
  const index = join(gitDir, `checkout-${randomUUID()}.index`);
  const env = { GIT_DIR: gitDir, GIT_WORK_TREE: into, GIT_INDEX_FILE: index };
  try {
    await runGit(into, ['read-tree', commit], { env });
    await runGit(into, ['checkout-index', '--all', '--force'], { env });
  } finally {
    await rm(index, { force: true });
  }
}
