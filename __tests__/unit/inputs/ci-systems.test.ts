import { expect, test } from '@jest/globals';
import { type RunContext, runContext } from '../../../src/inputs/run-context.ts';

const GITLAB = {
  GITLAB_CI: 'true',
  CI_PROJECT_PATH: 'acme/group/app',
  CI_PIPELINE_ID: '81',
  CI_PIPELINE_URL: 'https://gitlab.com/acme/group/app/-/pipelines/81',
  CI_PROJECT_VISIBILITY: 'private',
  CI_PIPELINE_SOURCE: 'push',
  CI_COMMIT_SHA: 'a'.repeat(40),
};
const CIRCLE = {
  CIRCLECI: 'true',
  CIRCLE_PROJECT_USERNAME: 'acme',
  CIRCLE_PROJECT_REPONAME: 'app',
  CIRCLE_BUILD_NUM: '54',
  CIRCLE_BUILD_URL: 'https://circleci.com/gh/acme/app/54',
  CIRCLE_SHA1: 'b'.repeat(40),
};
const BITBUCKET = {
  BITBUCKET_BUILD_NUMBER: '7',
  BITBUCKET_REPO_FULL_NAME: 'acme/app',
  BITBUCKET_REPO_IS_PRIVATE: 'true',
  BITBUCKET_COMMIT: 'c'.repeat(40),
  BITBUCKET_STEP_RUN_NUMBER: '1',
};
const ON_GITLAB: RunContext = {
  system: 'GitLab CI/CD',
  repository: 'acme/group/app',
  id: '81',
  url: GITLAB.CI_PIPELINE_URL,
  isPublic: false,
  isManual: false,
  commit: GITLAB.CI_COMMIT_SHA,
};
const ON_CIRCLE: RunContext = {
  system: 'CircleCI',
  repository: 'acme/app',
  id: '54',
  url: CIRCLE.CIRCLE_BUILD_URL,
  isManual: false,
  commit: CIRCLE.CIRCLE_SHA1,
};
const ON_BITBUCKET: RunContext = {
  system: 'Bitbucket Pipelines',
  repository: 'acme/app',
  id: '7',
  url: 'https://bitbucket.org/acme/app/pipelines/results/7',
  isPublic: false,
  isManual: false,
  commit: BITBUCKET.BITBUCKET_COMMIT,
};

test.each<[string, Readonly<Record<string, string>>, RunContext]>([
  ['a push on GitLab', GITLAB, ON_GITLAB],
  ['a merge request on GitLab', { ...GITLAB, CI_MERGE_REQUEST_IID: '12' }, { ...ON_GITLAB, pullRequest: 12 }],
  ['a public project', { ...GITLAB, CI_PROJECT_VISIBILITY: 'public' }, { ...ON_GITLAB, isPublic: true }],
  ['one for all members', { ...GITLAB, CI_PROJECT_VISIBILITY: 'internal' }, ON_GITLAB],
  ['a job that a person started', { ...GITLAB, CI_JOB_MANUAL: 'true' }, { ...ON_GITLAB, isManual: true }],
  ['a pipeline that a person started', { ...GITLAB, CI_PIPELINE_SOURCE: 'web' }, { ...ON_GITLAB, isManual: true }],
  ['a push on CircleCI', CIRCLE, ON_CIRCLE],
  [
    'a pull request on CircleCI',
    { ...CIRCLE, CIRCLE_PULL_REQUEST: 'https://github.com/acme/app/pull/9' },
    { ...ON_CIRCLE, pullRequest: 9 },
  ],
  ['one from a fork', { ...CIRCLE, CIRCLE_PR_NUMBER: '10' }, { ...ON_CIRCLE, pullRequest: 10 }],
  ['a push on Bitbucket', BITBUCKET, ON_BITBUCKET],
  ['a pull request on Bitbucket', { ...BITBUCKET, BITBUCKET_PR_ID: '3' }, { ...ON_BITBUCKET, pullRequest: 3 }],
  ['a step that is run again', { ...BITBUCKET, BITBUCKET_STEP_RUN_NUMBER: '2' }, { ...ON_BITBUCKET, isManual: true }],
  ['a public repository', { ...BITBUCKET, BITBUCKET_REPO_IS_PRIVATE: 'false' }, { ...ON_BITBUCKET, isPublic: true }],
  ['GitLab without its variables', { GITLAB_CI: 'true' }, { system: 'GitLab CI/CD', isManual: false }],
  ['a variable of another system in a run on GitHub', { ...GITLAB, GITHUB_ACTIONS: 'true' }, { isManual: false }],
  ['an empty sign', { CIRCLECI: '' }, { isManual: false }],
])('%s', (_, env, context) => {
  expect(runContext(env, {})).toEqual(context);
});
