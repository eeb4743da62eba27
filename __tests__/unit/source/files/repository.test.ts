import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { Failure, type Problem } from '../../../../src/base/failure.ts';
import { type Git, systemGit } from '../../../../src/edges/git.ts';
import { listFiles } from '../../../../src/source/files/list-files.ts';
import { openRepository } from '../../../../src/source/files/repository.ts';
import { Directory, repository } from '../git-repository.ts';

const made: Directory[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) directory.remove();
});

function kept(directory: Directory): Directory {
  made.push(directory);
  return directory;
}

const SECRETS = { '.env': 'A=b', 'node_modules/x.js': 'x', '.gitignore': '.env\nnode_modules\n' };

/** The paths that would be deployed, or what is wrong. */
async function attempt(directory: string, git: Git = systemGit, env: Readonly<Record<string, string>> = {}) {
  try {
    const inputs = { directory, include: [], exclude: [], path: '.' };
    const { files, problems } = await listFiles(inputs, openRepository({ git, runner: { env } }, directory));
    return problems.length > 0 ? problems : files.map(({ path }) => path);
  } catch (error) {
    if (error instanceof Failure) return error.problems;
    throw error;
  }
}

const refusal = (dotGit: string, said: unknown, more = {}) => [
  {
    where: dotGit,
    what: said,
    cause: 'Without its answer everything in the directory would be deployed, secrets and dependencies included.',
    fix: 'Make `git status` work in this directory, in a step before this one. If this is not a repository, remove its .git.',
    evidence: undefined,
    ...more,
  },
];

function withSecrets(): Directory {
  const repo = kept(repository({ a: 'x' }));
  for (const [path, text] of Object.entries(SECRETS)) repo.write(path, text);
  return repo;
}

test.each<[string, (directory: Directory) => void, RegExp]>([
  ['no HEAD', ({ path }) => rmSync(join(path, '.git/HEAD')), /^.*: fatal: not a git repository/],
  ['a broken index', (repo) => repo.write('.git/index', 'x'), /: fatal: .*index/],
  ['a broken configuration', (repo) => repo.write('.git/config', '[broken'), /: fatal: bad config line \d/],
  [
    'a repository format of the future',
    (repo) => repo.write('.git/config', '[core]\n\trepositoryformatversion = 9\n'),
    /: fatal: .*repo version/,
  ],
])('a repository with %s is refused in git’s own words', async (_, spoil, said) => {
  const repo = withSecrets();
  spoil(repo);
  const [problem, ...others] = await attempt(repo.path);
  expect([{ ...(problem as Problem), evidence: undefined }, ...others]).toEqual(
    refusal(join(repo.path, '.git'), expect.stringMatching(said)),
  );
});

test.each<[string, (dotGit: string) => void]>([
  ['an empty .git', (dotGit) => mkdirSync(dotGit)],
  ['a .git file that leads nowhere', (dotGit) => writeFileSync(dotGit, 'gitdir: /nowhere/.git/worktrees/x\n')],
  ['a .git file of another form', (dotGit) => writeFileSync(dotGit, 'hello\n')],
  ['a .git that is a broken link', (dotGit) => symlinkSync('/nowhere', dotGit)],
])('%s, in the directory or above it, is refused', async (_, make) => {
  const directory = kept(new Directory()).write('app/a', 'x').write('.env', 'A=b');
  const dotGit = join(directory.path, '.git');
  make(dotGit);
  for (const path of [directory.path, join(directory.path, 'app')])
    expect(await attempt(path)).toEqual(
      refusal(dotGit, expect.stringMatching(/^git does not say which files belong to the app: fatal: /), {
        evidence: undefined,
      }),
    );
});

test('a git that fails where there is a repository, whatever the reason', async () => {
  const repo = withSecrets();
  const said = ['warning: x', 'fatal: detected dubious ownership in repository', 'To add an exception …'];
  expect(await attempt(repo.path, async () => ({ ok: false, said }))).toEqual(
    refusal(
      join(repo.path, '.git'),
      'git does not say which files belong to the app: fatal: detected dubious ownership in repository',
      { evidence: said },
    ),
  );
});

test('git that is not installed, where there is a repository', async () => {
  const repo = withSecrets();
  const said = ['git is not installed: no directory of PATH has it.'];
  expect(await attempt(repo.path, async () => ({ ok: false, said }))).toEqual(
    refusal(join(repo.path, '.git'), `git does not say which files belong to the app: ${said[0]}`, {
      fix: 'Install git on the runner, or in the image of the container that the job runs in.',
    }),
  );
});

test('where there truly is no repository nobody asks git', async () => {
  const directory = kept(new Directory()).write('a', 'x').write('dir/b', 'y');
  const git = () => Promise.reject(new Error('asked'));
  expect(await attempt(directory.path, git)).toEqual(['a', 'dir/b']);
  expect(await attempt(join(directory.path, 'dir'), git)).toEqual(['b']);
});

test('a repository that only the environment names is refused', async () => {
  const directory = kept(new Directory()).write('a', 'x').write('.env', 'A=b');
  expect(await attempt(directory.path, systemGit, { GIT_DIR: '/elsewhere/.git' })).toEqual([
    {
      where: 'environment variable GIT_DIR',
      what: 'The git repository is elsewhere, at "/elsewhere/.git", and this directory has no .git.',
      cause: 'Which files belong to the app is only known from a .git in the directory or above it.',
      fix: 'Check the repository out with actions/checkout, or unset GIT_DIR if everything in the directory is to be deployed.',
    },
  ]);
});

test('a worktree has its own index', async () => {
  const repo = withSecrets();
  repo.git('add', '.gitignore');
  repo.git('commit', '-q', '-m', 'x');
  const worktree = kept(new Directory());
  repo.git('worktree', 'add', '-q', join(worktree.path, 'w'));
  worktree.write('w/b', 'new').write('w/.env', 'A=b');
  expect(await attempt(join(worktree.path, 'w'))).toEqual(['.gitignore', 'a']);
});

test.each<[string, (dotGit: string) => void, string]>([
  ['an empty .git', (dotGit) => mkdirSync(dotGit), 'The submodule "lib" is not checked out.'],
  [
    'a .git file that leads nowhere',
    (dotGit) => writeFileSync(dotGit, 'gitdir: ../.git/modules/gone\n'),
    'git does not say which files belong to the app: fatal: not a git repository',
  ],
])('a submodule with %s is a problem of its own', async (_, make, what) => {
  const inner = kept(repository({ x: 'x' }));
  const repo = kept(repository({ a: 'x' }));
  repo.git('submodule', '--quiet', 'add', inner.path, 'lib');
  repo.commit();
  rmSync(join(repo.path, 'lib/.git'));
  make(join(repo.path, 'lib/.git'));
  expect(await attempt(repo.path)).toEqual([expect.objectContaining({ what: expect.stringContaining(what) })]);
});
