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
  expect(await headOf(repo)).toEqual({ id: commit(repo), parents: [first, side], url: undefined });

  const shallow = kept(new Directory());
  shallow.git('clone', '-q', '--depth', '1', `file://${repo.path}`, '.');
  expect(await headOf(shallow)).toEqual({ id: commit(repo), parents: [first, side], url: undefined });
});

test('a repository without a commit', async () => {
  expect(await headOf(kept(repository({})))).toBeUndefined();
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
