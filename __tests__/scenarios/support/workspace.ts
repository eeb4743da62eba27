import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository in a directory of its own, as actions/checkout leaves one. */
export interface Workspace {
  readonly directory: string;
  /** Writes files (null deletes one) and commits them; gives the commit. */
  commit(files: Readonly<Record<string, string | Buffer | null>>): string;
  remove(): void;
}

/** Of somebody who has none, and without the look whether there is something to tidy up that follows a commit. */
const SETTINGS = ['user.name=Ada', 'user.email=ada@example.org', 'commit.gpgsign=false', 'maintenance.auto=false'];

export function createWorkspace(files: Readonly<Record<string, string | Buffer>>): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-workspace-'));
  const git = (...args: string[]) =>
    execFileSync('git', [...SETTINGS.flatMap((setting) => ['-c', setting]), ...args], { cwd: directory });
  const commit: Workspace['commit'] = (changes) => {
    for (const [path, content] of Object.entries(changes)) {
      const absolute = join(directory, path);
      mkdirSync(dirname(absolute), { recursive: true });
      if (content === null) rmSync(absolute);
      else writeFileSync(absolute, content);
    }
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'Work');
    return readFileSync(join(directory, '.git/refs/heads/main'), 'utf8').trim();
  };
  git('init', '--quiet', '--initial-branch', 'main');
  commit(files);
  return { directory, commit, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
