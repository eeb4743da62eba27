import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { systemGit } from '../../../src/edges/git.ts';
import { openRepository } from '../../../src/source/files/repository.ts';
import { readHead } from '../../../src/source/head.ts';
import { webUrlOf } from '../../../src/source/remote-url.ts';
import { Directory, repository } from './git-repository.ts';

const made: Directory[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) directory.remove();
});

function kept(directory: Directory): Directory {
  made.push(directory);
  return directory;
}

async function headOf({ path }: Directory) {
  const repo = openRepository({ git: systemGit, runner: { env: {} } }, path);
  return repo && (await readHead(repo));
}

const commit = (repo: Directory, of = 'HEAD') => repo.git('rev-parse', of).trim();

test('the commit that is checked out, and what it was made on', async () => {
  const repo = kept(repository({ a: '1' }));
  const first = commit(repo);
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('b', '2').commit();
  const side = commit(repo);
  repo.git('checkout', '-q', '-');
  repo.git('merge', '-q', '--no-ff', '-m', 'parent 123', 'side');
  expect(await headOf(repo)).toEqual({ id: commit(repo), parents: [first, side], url: undefined, branches: [] });

  const shallow = kept(new Directory());
  shallow.git('clone', '-q', '--depth', '1', `file://${repo.path}`, '.');
  expect(await headOf(shallow)).toEqual({ id: commit(repo), parents: [first, side], url: undefined, branches: [] });
});

test('a repository without a commit', async () => {
  expect(await headOf(kept(repository({})))).toBeUndefined();
});

test('the branches that it is on are those of remotes with a web page; a fetched pull request is none', async () => {
  const repo = kept(repository({ a: '1' }));
  const id = commit(repo);
  repo.git('remote', 'add', 'origin', 'git@github.com:acme/app.git');
  repo.git('remote', 'add', 'local', '/srv/git/app.git');
  for (const ref of ['origin/main', 'origin/team/x', 'origin/pr/7', 'origin/pull/7/head', 'local/main', 'pull/7/merge'])
    repo.git('update-ref', `refs/remotes/${ref}`, id);
  repo.write('b', '2').commit();
  repo.git('update-ref', 'refs/remotes/origin/next', commit(repo));
  const newest = (await headOf(repo))?.branches;
  repo.git('checkout', '-q', id);
  const page = 'https://github.com/acme/app';
  expect([newest, (await headOf(repo))?.branches]).toEqual([
    [{ repository: page, name: 'next' }],
    ['main', 'next', 'team/x'].map((name) => ({ repository: page, name })),
  ]);
});

test('the page of the commit is that of the repository that the directory was cloned from', async () => {
  const repo = kept(repository({ a: '1' }));
  repo.git('remote', 'add', 'fork', 'https://github.com/eve/app.git');
  const fork = await headOf(repo);
  repo.git('remote', 'add', 'origin', 'https://x-access-token:s3cret@github.com/acme/app');
  const origin = await headOf(repo);
  const id = commit(repo);
  expect([fork?.url, origin?.url]).toEqual([
    `https://github.com/eve/app/commit/${id}`,
    `https://github.com/acme/app/commit/${id}`,
  ]);
});

test.each([
  ['https://github.com/acme/app', 'https://github.com/acme/app'],
  ['https://github.com/acme/app.git', 'https://github.com/acme/app'],
  ['https://github.com/acme/app/', 'https://github.com/acme/app'],
  ['https://user:s3cret@git.acme.example:8443/acme/app.git?x=1#y', 'https://git.acme.example:8443/acme/app'],
  ['http://git.acme.example/app', 'http://git.acme.example/app'],
  ['git@github.com:acme/app.git', 'https://github.com/acme/app'],
  ['github.com:acme/app.git', 'https://github.com/acme/app'],
  ['ssh://git@github.com/acme/app.git', 'https://github.com/acme/app'],
  ['ssh://git@ssh.github.com:443/acme/app.git', 'https://github.com/acme/app'],
  ['ssh://git@git.acme.example:2222/acme/app', 'https://git.acme.example/acme/app'],
  ['git://git.acme.example/app.git', 'https://git.acme.example/app'],
  ['https://gitlab.com/group/sub/app.git', 'https://gitlab.com/group/sub/app'],
  ['/srv/git/app.git', undefined],
  ['../app', undefined],
  ['file:///srv/git/app.git', undefined],
  ['C:\\git\\app', undefined],
  ['https://github.com', undefined],
  ['javascript:alert(1)', undefined],
  ['', undefined],
])('the page of %j is %j', (remote, page) => {
  expect(webUrlOf(remote)).toBe(page);
});

test('the page is that of the repository that the directory belongs to: a checkout in another one, a submodule', async () => {
  const lib = kept(repository({ 'lib.py': '1' }));
  const outer = kept(repository({ a: '1' }));
  outer.git('remote', 'add', 'origin', 'https://github.com/acme/outer');
  outer.git('clone', '-q', `file://${lib.path}`, 'checkout');
  outer.git('-C', 'checkout', 'remote', 'set-url', 'origin', 'https://github.com/acme/checkout');
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', `file://${lib.path}`, 'module');
  outer.git('-C', 'module', 'remote', 'set-url', 'origin', 'git@github.com:acme/module.git');
  const pageOf = async (path: string) => {
    const repo = openRepository({ git: systemGit, runner: { env: {} } }, join(outer.path, path));
    return (repo && (await readHead(repo)))?.url;
  };
  expect(await Promise.all(['.', 'checkout', 'module'].map(pageOf))).toEqual([
    `https://github.com/acme/outer/commit/${commit(outer)}`,
    `https://github.com/acme/checkout/commit/${commit(lib)}`,
    `https://github.com/acme/module/commit/${commit(lib)}`,
  ]);
});
