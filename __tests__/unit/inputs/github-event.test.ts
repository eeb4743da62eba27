import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readGithubEvent } from '../../../src/inputs/run-context.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'event-'));
});
afterAll(() => rm(directory, { recursive: true }));

const pullRequest = (head: string) =>
  JSON.stringify({
    repository: { full_name: 'acme/app', private: false },
    pull_request: { number: 7, head: { sha: 'abc', repo: { full_name: head } } },
  });

test.each([
  ['a private repository', '{"repository":{"private":true}}', { repositoryIsPrivate: true }],
  ['a public repository', '{"repository":{"private":false}}', { repositoryIsPrivate: false }],
  ['a schedule', '{"schedule":"0 0 * * *"}', {}],
  ['an answer of another kind', '{"repository":{"private":"false"}}', {}],
  [
    'a pull request from a fork',
    pullRequest('eve/app'),
    { repositoryIsPrivate: false, pullRequest: 7, forkHead: 'abc' },
  ],
  ['a pull request of the repository itself', pullRequest('acme/app'), { repositoryIsPrivate: false, pullRequest: 7 }],
  [
    'a pull request from a fork that is deleted',
    '{"repository":{"full_name":"acme/app"},"pull_request":{"head":{"sha":"abc","repo":null}}}',
    { forkHead: 'abc' },
  ],
  ['no object', 'null', {}],
  ['no JSON', 'x', {}],
])('%s', async (_, event, expected) => {
  const path = join(directory, 'event.json');
  await writeFile(path, event);
  expect(await readGithubEvent(path)).toEqual(expected);
});

test('no event at all', async () => {
  expect(await readGithubEvent(undefined)).toEqual({});
});
