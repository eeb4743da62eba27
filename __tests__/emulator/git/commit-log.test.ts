import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Repository } from '../../../emulator/git/repository.ts';
import { runGit } from '../../../emulator/git/run-git.ts';

const directory = mkdtempSync(join(tmpdir(), 'commit-log-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const repository = new Repository(directory);
await repository.init();

let seconds = 1_700_000_000;
/** A commit of no files, a minute after the last one. */
async function commit(message: string, ...parents: string[]): Promise<string> {
  seconds += 60;
  const [name, email, date] = ['Ada <3', 'ada@example.org', `${seconds} +0200`];
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'system',
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
  const tree = (await runGit(directory, ['mktree'])).toString().trim();
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
  return (await runGit(directory, args, { env, input: message })).toString().trim();
}

test('history with merges is in the order of git log, and each commit says the same', async () => {
  const root = await commit('\n\nRoot\n');
  const left = await commit('A title\non two lines\n\n\n  Its body,\n\nin two paragraphs\n\nKey: value\n', root);
  const right = await commit('Right', root);
  const fork = await commit('Ünïcode', left, right);
  const head = await commit('Head', right, fork, await commit('', root));

  const form = '--format=%H%x00%T%x00%P%x00%an%x00%ct%x00%s%x00%b%x00%B%x00%x01';
  const printed = (await runGit(directory, ['log', form, head])).toString().split('\x01\n').filter(Boolean);
  const asGitSays = printed.map((record) => {
    const [id, tree, parents = '', author, date, title, body = '', text = ''] = record.split('\0');
    const iso = new Date(Number(date) * 1000).toISOString();
    const ids = parents.split(' ').filter(Boolean);
    return {
      id,
      tree,
      parents: ids,
      author,
      date: iso,
      title,
      message: body.trimEnd(),
      text: text.replace(/^\n+/, ''),
    };
  });
  expect(asGitSays).toHaveLength(6);
  expect(await repository.log(head)).toEqual(asGitSays);
  expect(await repository.log(head, { skip: 1, count: 3 })).toEqual(asGitSays.slice(1, 4));
  expect(await repository.count(head)).toBe(6);
});
