import { expect, test } from '@jest/globals';
import { runContext } from '../../../src/inputs/run-context.ts';

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
