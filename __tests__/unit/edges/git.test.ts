import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemGit } from '../../../src/edges/git.ts';
import { FAKE_GITS, fakeGit } from '../source/fake-git.ts';
import { type Directory, repository } from '../source/git-repository.ts';

let repo: Directory;
let home: string;
const env = { ...process.env };
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'home "of" somebody-')));
  for (const name of Object.keys(process.env)) if (/^(GIT_|XDG_)/.test(name)) delete process.env[name];
  process.env['HOME'] = home;
  repo = repository({ 'a.txt': 'x', 'dir/b.txt': 'y' });
});
afterEach(() => {
  process.env = { ...env };
  repo.remove();
  rmSync(home, { recursive: true });
});

const first = (directory: string) => {
  process.env['PATH'] = `${directory}:${env['PATH']}`;
};

/** What git answers, as text. */
async function ask(directory: string, ...args: readonly string[]) {
  const answer = await systemGit(directory, args);
  return answer.ok ? answer.output.toString() : answer.said;
}

test.each(Object.entries(FAKE_GITS))('git %s reads a repository of another user', async (_, script) => {
  using fake = fakeGit(script);
  first(fake.directory);
  expect([await ask(repo.path, 'ls-files'), await ask(join(repo.path, 'dir'), 'ls-files')]).toEqual([
    'a.txt\ndir/b.txt\n',
    'b.txt\n',
  ]);
});

test.each(Object.entries(FAKE_GITS))('git %s keeps the configuration of the user', async (_, script) => {
  using fake = fakeGit(script);
  first(fake.directory);
  const write = (name: string, text: string) => {
    const path = join(home, name);
    writeFileSync(path, text);
    return path;
  };
  write('.gitconfig', '[a]\n\thome = 1\n[include]\n\tpath = more\n');
  write('more', '[a]\n\tmore = 2\n');
  const own = await ask(repo.path, 'config', '--get-regexp', '^a\\.');
  const expected = 'a.home 1\na.more 2\n';
  process.env['XDG_CONFIG_HOME'] = mkdtempSync(join(home, 'xdg-'));
  const withEmptyDirectory = await ask(repo.path, 'config', '--get-regexp', '^a\\.');
  expect([own, withEmptyDirectory]).toEqual([expected, expected]);
});

test('the file that GIT_CONFIG_GLOBAL names is read in place of that of the user, whoever owns the repository', async () => {
  writeFileSync(join(home, '.gitconfig'), '[a]\n\thome = 1\n');
  writeFileSync(join(home, 'named'), '[a]\n\tnamed = 2\n');
  using fake = fakeGit(FAKE_GITS['2.37'] ?? '');
  first(fake.directory);
  process.env['GIT_CONFIG_GLOBAL'] = join(home, 'named');
  const named = await ask(repo.path, 'config', '--get-regexp', '^a\\.');
  process.env['GIT_CONFIG_GLOBAL'] = '';
  const none = await ask(repo.path, 'ls-files', 'a.txt');
  expect([named, none]).toEqual(['a.named 2\n', 'a.txt\n']);
});

test('attributes of the user still count', async () => {
  process.env['XDG_CONFIG_HOME'] = home;
  mkdirSync(join(home, 'git'));
  writeFileSync(join(home, 'git/attributes'), '*.txt filter=theirs\n');
  expect(await ask(repo.path, 'check-attr', 'filter', 'a.txt')).toBe('a.txt: filter: theirs\n');
});

test('nothing is left behind, and the configuration of the user is not touched', async () => {
  const place = mkdtempSync(join(home, 'tmp-'));
  process.env['TMPDIR'] = place;
  writeFileSync(join(home, '.gitconfig'), '[a]\n\thome = 1\n');
  await ask(repo.path, 'ls-files');
  await ask(home, 'ls-files');
  expect([readdirSync(place), readFileSync(join(home, '.gitconfig'), 'utf8')]).toEqual([[], '[a]\n\thome = 1\n']);
});

test('what is left over in the environment leads to no other repository', async () => {
  const other = repository({ 'other.txt': 'z' });
  process.env['GIT_DIR'] = join(other.path, '.git');
  process.env['GIT_WORK_TREE'] = other.path;
  process.env['GIT_INDEX_FILE'] = join(other.path, '.git/index');
  expect(await ask(repo.path, 'ls-files')).toBe('a.txt\ndir/b.txt\n');
  other.remove();
});

test('nothing that the repository or its configuration names is run', async () => {
  const trace = join(home, 'trace');
  const spy = join(home, 'spy');
  writeFileSync(spy, `#!/bin/sh\necho run >> '${trace}'\n`, { mode: 0o755 });
  repo.git('config', 'core.fsmonitor', `'${spy}'`);
  mkdirSync(join(home, 'hooks'));
  for (const hook of ['post-index-change', 'fsmonitor-watchman']) copyFileSync(spy, join(home, 'hooks', hook));
  repo.git('config', 'core.hooksPath', join(home, 'hooks'));
  repo.git('status');
  const before = readFileSync(trace, 'utf8');
  await ask(repo.path, 'ls-files', '--modified');
  expect([before !== '', readFileSync(trace, 'utf8') === before]).toEqual([true, true]);
});

test('git in its own words when it fails', async () => {
  expect(await ask(home, 'ls-files')).toEqual([expect.stringMatching(/^fatal: not a git repository/)]);
});

test.each([
  ['says nothing', 'exit 3', ['git ended with exit code 3.']],
  ['is killed', 'kill -9 $$', ['git ended with SIGKILL.']],
  ['does not read what it is given', 'echo "fatal: no" >&2; exit 128', ['fatal: no']],
])('a git that %s', async (_, script, said) => {
  using fake = fakeGit(script);
  first(fake.directory);
  expect(await systemGit(repo.path, ['cat-file', '--batch'], `${'x'.repeat(1_000_000)}\n`)).toEqual({
    ok: false,
    said,
  });
});

test('no git at all, or only one in the repository itself', async () => {
  using fake = fakeGit('');
  copyFileSync(join(fake.directory, 'git'), join(repo.path, 'git'));
  process.env['PATH'] = `.:${home}`;
  expect(await systemGit(repo.path, ['ls-files'])).toEqual({
    ok: false,
    said: ['git is not installed: no directory of PATH has it.'],
  });
});
