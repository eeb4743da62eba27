import { expect, test } from '@jest/globals';
import { untrustedRun } from '../../../src/inputs/untrusted-run.ts';

const repository = { full_name: 'acme/app' };
const head = (from: string | null) => ({ sha: 'head', repo: from === null ? null : { full_name: from } });
const pullRequest = (from: string | null) => ({
  repository,
  pull_request: { head: head(from), base: { sha: 'base' }, merge_commit_sha: 'merge' },
});
const workflowRun = (from: string) => ({
  repository,
  workflow_run: { head_sha: 'head', head_repository: { full_name: from } },
});
const dispatch = (from: string) => ({ repository, client_payload: { pull_request: { head: head(from) } } });

test.each<[string, string, unknown, unknown]>([
  [
    'a pull request from a fork, with secrets',
    'pull_request_target',
    pullRequest('eve/app'),
    { from: 'eve/app', commits: ['head', 'merge'], trusted: ['ours', 'base'] },
  ],
  [
    'one from a fork that was deleted',
    'pull_request_target',
    pullRequest(null),
    { from: 'a repository that was deleted', commits: ['head', 'merge'], trusted: ['ours', 'base'] },
  ],
  ['a run after one of a fork', 'workflow_run', workflowRun('eve/app'), { from: 'eve/app', commits: ['head'] }],
  [
    'a dispatch with a pull request from a fork',
    'repository_dispatch',
    dispatch('eve/app'),
    { from: 'eve/app', commits: ['head'] },
  ],
  ['a comment on a pull request', 'issue_comment', { repository, issue: { pull_request: {} } }, { commits: [] }],
  ['a comment on an issue', 'issue_comment', { repository, issue: {} }, { commits: [] }],
  ['an issue', 'issues', { repository }, { commits: [] }],
  ['a discussion', 'discussion_comment', { repository }, { commits: [] }],
  ['a check', 'check_suite', { repository }, { commits: [] }],
  ['a pull request, with secrets, of which nothing is known', 'pull_request_target', undefined, { commits: [] }],
  ['a run after one of which nothing is known', 'workflow_run', {}, { commits: [] }],
])('%s is not trusted', (_, event, payload, expected) => {
  expect(untrustedRun({ GITHUB_EVENT_NAME: event, GITHUB_SHA: 'ours' }, payload)).toEqual({
    event,
    trusted: ['ours'],
    ...(expected as object),
  });
});

test.each<[string, string | undefined, unknown]>([
  ['a pull request of the repository itself, with secrets', 'pull_request_target', pullRequest('acme/app')],
  ['a pull request from a fork, which gets no secrets', 'pull_request', pullRequest('eve/app')],
  ['a review of one', 'pull_request_review', pullRequest('eve/app')],
  ['a run after one of the repository itself', 'workflow_run', workflowRun('acme/app')],
  ['a dispatch with a pull request of the repository itself', 'repository_dispatch', dispatch('acme/app')],
  ['another dispatch', 'repository_dispatch', { repository, client_payload: {} }],
  ['a push', 'push', { repository }],
  ['a schedule', 'schedule', {}],
  ["a person's own machine", undefined, undefined],
])('%s is trusted', (_, event, payload) => {
  expect(untrustedRun({ GITHUB_EVENT_NAME: event }, payload)).toBeUndefined();
});
