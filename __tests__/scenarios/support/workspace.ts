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
const git = 'git -c user.name=Ada -c user.email=ada@example.org -c commit.gpgsign=false -c maintenance.auto=false';
const INIT = `${git} init --quiet --initial-branch main --template=`;
const COMMIT = `${git} add --all && ${git} commit --quiet --allow-empty --message Work`;

export function createWorkspace(files: Readonly<Record<string, string | Buffer>>): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-workspace-'));
  // One shell for several gits: to start a process from that of a test runner takes longer than what git does here.
  const run = (script: string) => execFileSync('sh', ['-c', script], { cwd: directory });
  const write = (changes: Readonly<Record<string, string | Buffer | null>>) => {
    for (const [path, content] of Object.entries(changes)) {
      const absolute = join(directory, path);
      mkdirSync(dirname(absolute), { recursive: true });
      if (content === null) rmSync(absolute);
      else writeFileSync(absolute, content);
    }
  };
  write(files);
  run(`${INIT} && ${COMMIT}`);
  return {
    directory,
    commit(changes) {
      write(changes);
      run(COMMIT);
      return readFileSync(join(directory, '.git/refs/heads/main'), 'utf8').trim();
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
