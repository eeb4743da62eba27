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

test('a run that Dependabot started', () => {
  expect(runContext({ GITHUB_ACTOR: 'dependabot[bot]' }, {})).toEqual({ isManual: false, isDependabot: true });
});

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'event-'));
});
afterAll(() => rm(directory, { recursive: true }));

test.each([
  ['a private repository', '{"repository":{"private":true}}', { repositoryIsPrivate: true }],
  ['a public repository', '{"repository":{"private":false}}', { repositoryIsPrivate: false }],
  ['a schedule', '{"schedule":"0 0 * * *"}', {}],
  ['an answer of another kind', '{"repository":{"private":"false"}}', {}],
  ['a pull request', '{"pull_request":{"number":7}}', { pullRequest: 7 }],
  [
    'a pull request with its newest commit',
    '{"pull_request":{"number":7,"head":{"sha":"abc"}}}',
    { pullRequest: 7, pullRequestHead: 'abc' },
  ],
  ['no object', 'null', {}],
])('%s', async (_, event, expected) => {
  const path = join(directory, 'event.json');
  await writeFile(path, event);
  expect(await readGithubEvent(path)).toEqual({ ...expected, payload: JSON.parse(event) });
});

test('no event at all, or none that can be read', async () => {
  await writeFile(join(directory, 'event.json'), 'x');
  expect([await readGithubEvent(undefined), await readGithubEvent(join(directory, 'event.json'))]).toEqual([{}, {}]);
});
