import { expect, test } from '@jest/globals';
import { claimsOf } from '../../../src/hub/publisher.ts';

const GITHUB = { iss: 'https://token.actions.githubusercontent.com', aud: 'https://huggingface.co' };
const WORKFLOW = 'me/repo/.github/workflows/deploy.yml@refs/heads/main';
const tokenOf = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

test.each([
  [
    'a branch: the file of the workflow, not its title',
    { repository: 'me/repo', ref: 'refs/heads/main', workflow: 'Deploy it', workflow_ref: WORKFLOW },
    [
      ['repository', 'me/repo'],
      ['workflow', 'deploy.yml'],
      ['branch', 'main'],
    ],
    'If that is still refused, try the title of the workflow, Deploy it, in place of the file.',
  ],
  [
    'a branch with a slash in its name',
    {
      repository: 'me/repo',
      ref: 'refs/heads/feature/a@b',
      workflow_ref: 'me/repo/.github/workflows/a.yaml@refs/heads/feature/a@b',
    },
    [
      ['repository', 'me/repo'],
      ['workflow', 'a.yaml'],
      ['branch', 'feature/a@b'],
    ],
    '',
  ],
  [
    'a tag',
    { repository: 'me/repo', ref: 'refs/tags/v1', workflow_ref: 'me/repo/.github/workflows/deploy.yml@refs/tags/v1' },
    [
      ['repository', 'me/repo'],
      ['workflow', 'deploy.yml'],
    ],
    'This run is for a tag, which has no branch: leave `branch` empty there.',
  ],
  [
    'a pull request',
    { repository: 'me/repo', ref: 'refs/pull/7/merge', workflow_ref: WORKFLOW },
    [
      ['repository', 'me/repo'],
      ['workflow', 'deploy.yml'],
    ],
    'This run is for a pull request, which has no branch: leave `branch` empty there.',
  ],
  [
    'a job of a reusable workflow',
    {
      repository: 'me/repo',
      ref: 'refs/heads/main',
      workflow_ref: WORKFLOW,
      job_workflow_ref: 'acme/shared/.github/workflows/space.yml@refs/heads/v2',
    },
    [
      ['repository', 'me/repo'],
      ['workflow', 'deploy.yml'],
      ['branch', 'main'],
    ],
    'The job itself is in the reusable workflow acme/shared/.github/workflows/space.yml; `workflow` is the file that was started, deploy.yml.',
  ],
  [
    'a job of the workflow itself',
    { repository: 'me/repo', ref: 'refs/heads/main', workflow_ref: WORKFLOW, job_workflow_ref: WORKFLOW },
    [
      ['repository', 'me/repo'],
      ['workflow', 'deploy.yml'],
      ['branch', 'main'],
    ],
    '',
  ],
])('%s', (_, claims, toEnter, hint) => {
  expect(claimsOf(tokenOf({ ...GITHUB, ...claims }))).toEqual({ toEnter, isForm: true, hint });
});

test('another issuer: what its token says of the job, and of nobody', () => {
  const claims = {
    iss: 'https://gitlab.com',
    sub: 'project_path:me/app:ref_type:branch:ref:main',
    aud: 'https://huggingface.co',
  };
  const others = { project_path: 'me/app', ref: 'main', ref_type: 'branch', user_email: 'ada@example.org', jti: 'x' };
  expect(claimsOf(tokenOf({ ...claims, ...others }))).toEqual({
    toEnter: [
      ['iss', claims.iss],
      ['sub', claims.sub],
      ['project_path', 'me/app'],
      ['ref', 'main'],
      ['ref_type', 'branch'],
    ],
    isForm: false,
    hint: '',
  });
});

test.each(['', 'no token', 'a.b.c', tokenOf([1]), `e30.${Buffer.from('null').toString('base64url')}.x`])(
  'nothing comes of %j',
  (idToken) => {
    expect(claimsOf(idToken)).toEqual({ toEnter: [], isForm: false, hint: '' });
  },
);
