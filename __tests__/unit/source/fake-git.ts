import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GIT = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/**
 * Scripts that run before the real git and make of it what git of a version is: what it does not know yet, and whether
 * it refuses a repository of another user. None of them believes `safe.directory` of the command line.
 */
export const FAKE_GITS: Readonly<Record<string, string>> = {
  '2.20': 'unset GIT_CONFIG_GLOBAL GIT_NO_LAZY_FETCH',
  // It does not know the asterisk yet.
  '2.30.3': `unset GIT_CONFIG_GLOBAL GIT_NO_LAZY_FETCH
export GIT_TEST_ASSUME_DIFFERENT_OWNER=1
if [ -n "$XDG_CONFIG_HOME" ]; then sed -i '/directory = "\\*"/d' "$XDG_CONFIG_HOME/git/config"; fi`,
  '2.37': 'unset GIT_NO_LAZY_FETCH\nexport GIT_TEST_ASSUME_DIFFERENT_OWNER=1',
  '2.39': 'export GIT_TEST_ASSUME_DIFFERENT_OWNER=1',
};

export interface FakeGit extends Disposable {
  /** Its directory, for the front of PATH. */
  readonly directory: string;
}

/** Puts a program named git before the real one; `script` runs first, and may end it. */
export function fakeGit(script: string): FakeGit {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'fake-git-')));
  writeFileSync(join(directory, 'git'), `#!/bin/sh\n${script}\nexec ${GIT} "$@"\n`);
  chmodSync(join(directory, 'git'), 0o755);
  return { directory, [Symbol.dispose]: () => rmSync(directory, { recursive: true }) };
}
