import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A clone of this repository, of what is committed, whose npm scripts take no time. */
export interface Checkout {
  readonly directory: string;
  /** Changes a file of the clone and commits it. */
  change(path: string, edit: (text: string) => string): void;
  remove(): void;
}

/** GitHub's name of the repository that the clone claims to be. */
export const REPOSITORY = 'acme/lead-scoring';

export function createCheckout(): Checkout {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-workflows-'));
  const git = (...args: readonly string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: directory,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  git('clone', '--quiet', process.cwd(), '.');
  git('remote', 'set-url', 'origin', `https://github.com/${REPOSITORY}.git`);
  const change: Checkout['change'] = (path, edit) => {
    const file = join(directory, path);
    const [before, after] = [readFileSync(file, 'utf8'), edit(readFileSync(file, 'utf8'))];
    if (after === before) throw new Error(`nothing of ${path} was changed`);
    writeFileSync(file, after);
    git('commit', '--quiet', '--all', '--message', `Change ${path}`);
  };
  const install = { name: 'spaceport', lockfileVersion: 3, packages: { '': { name: 'spaceport' } } };
  change('package-lock.json', () => JSON.stringify(install));
  change('package.json', () => manifestWith('node --version'));
  return { directory, change, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/**
 * A manifest with this test command, for which npm has nothing to install: the real commands take many minutes, and
 * are run as they are by whoever runs the tests at all. What is deployed, and the bundle that deploys, need none of it.
 */
export function manifestWith(test: string): string {
  const scripts = { test, 'test:all': 'node --version', lint: 'node --version', typecheck: 'node --version' };
  return `${JSON.stringify({ name: 'spaceport', private: true, type: 'module', scripts }, null, 2)}\n`;
}
