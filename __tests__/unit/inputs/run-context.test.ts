import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readGithubEvent, runContext } from '../../../src/inputs/run-context.ts';

const RUN = { GITHUB_REPOSITORY: 'acme/app', GITHUB_RUN_ID: '42' };
const url = 'https://github.com/acme/app/actions/runs/42';

test.each([
  ["a person's own machine", {}, { isManual: false }],
  ['empty variables', { GITHUB_REPOSITORY: '', GITHUB_RUN_ID: '', GITHUB_RUN_ATTEMPT: '' }, { isManual: false }],
  [
    'a push',
    { ...RUN, GITHUB_RUN_ATTEMPT: '1', GITHUB_EVENT_NAME: 'push' },
    { repository: 'acme/app', id: '42', url, isManual: false },
  ],
  [
    'a re-run',
    { ...RUN, GITHUB_RUN_ATTEMPT: '2', GITHUB_EVENT_NAME: 'push' },
    { repository: 'acme/app', id: '42', url, isManual: true },
  ],
  [
    'a run that a person started',
    { ...RUN, GITHUB_EVENT_NAME: 'workflow_dispatch' },
    { repository: 'acme/app', id: '42', url, isManual: true },
  ],
  [
    'GitHub Enterprise',
    { ...RUN, GITHUB_SERVER_URL: 'https://git.acme.example' },
    { repository: 'acme/app', id: '42', url: 'https://git.acme.example/acme/app/actions/runs/42', isManual: false },
  ],
])('%s', (_, env, context) => {
  expect(runContext(env, {})).toEqual(context);
});

test.each([
  ['pull_request_target', { untrustedCommit: 'abc' }],
  ['pull_request', {}],
])('%s from a fork', (event, more) => {
  expect(runContext({ GITHUB_EVENT_NAME: event }, { forkHead: 'abc' })).toEqual({ isManual: false, ...more });
});

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
