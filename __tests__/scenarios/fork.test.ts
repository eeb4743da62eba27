import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';

const RUN = { GITHUB_REPOSITORY: 'me/app', GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ID: '7' };
const CAUSE =
  'Cause: Whoever wrote it would get the token and the secrets of this repository, before anybody has read the code.';

const git = (lab: Lab, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.org', ...args], {
    cwd: lab.workspace.directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

interface Started {
  /** The commit that GitHub started the run for. */
  readonly started?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Deploys in a run of an event. */
async function deployIn(lab: Lab, event: string, payload: object, { started, inputs = {} }: Started = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'event-'));
  const path = join(directory, 'event.json');
  writeFileSync(path, JSON.stringify({ repository: { full_name: 'me/app' }, ...payload }));
  const more = started === undefined ? {} : { GITHUB_SHA: started };
  const run = await lab.deploy(inputs, { env: { ...RUN, GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path, ...more } });
  rmSync(directory, { recursive: true });
  return run;
}

const fork = (sha: string, more = {}) => ({
  pull_request: { number: 7, head: { sha, repo: { full_name: 'eve/app' } }, ...more },
});

/** The repository with a pull request: `main`, the commit of its author, and GitHub's merge of both. */
async function withPullRequest() {
  const lab = await openLab(dockerApp('1'));
  const main = git(lab, 'rev-parse', 'HEAD');
  git(lab, 'checkout', '-q', '-b', 'theirs');
  lab.workspace.commit({ 'evil.js': 'x\n' });
  const head = git(lab, 'rev-parse', 'HEAD');
  git(lab, 'checkout', '-q', '--detach', main);
  git(lab, 'merge', '-q', '--no-ff', '-m', 'Merge', head);
  const merge = git(lab, 'rev-parse', 'HEAD');
  git(lab, 'checkout', '-q', '--detach', main);
  return { lab, main, head, merge };
}

const fromFork = (commit: string, event: string) =>
  [
    `This is the code of a pull request from a fork, checked out under ${event}.`,
    `Where: commit ${commit.slice(0, 7)}`,
    CAUSE,
    'Fix: Deploy on push. For pull requests use the event pull_request, where forks get no secrets.',
  ].join('\n');
const maybeTheirs = (commit: string, event: string) =>
  [
    `The event is ${event}, and this commit is on no branch of this repository: it may be from a fork.`,
    `Where: commit ${commit.slice(0, 7)}`,
    CAUSE,
    'Fix: Check out a branch of this repository by its name, and only when the pull request is not from a fork.',
  ].join('\n');

test.concurrent('the code of a fork is not deployed with the secrets of pull_request_target, nor is a merge of it', async () => {
  const { lab, main, head, merge } = await withPullRequest();
  await using _ = lab;
  const said: (readonly string[])[] = [];
  const requests: string[] = [];
  for (const commit of [head, merge, main]) {
    git(lab, 'checkout', '-q', '--detach', commit);
    const run = await deployIn(lab, 'pull_request_target', fork(head));
    said.push(run.errors);
    if (commit !== main) requests.push(...run.requests);
  }
  expect([said, requests]).toEqual([
    [[fromFork(head, 'pull_request_target')], [fromFork(merge, 'pull_request_target')], []],
    [],
  ]);
});

test.concurrent('a merge of a fork is recognised in a shallow clone, which does not have its parents', async () => {
  const { lab, head, merge } = await withPullRequest();
  await using _ = lab;
  git(lab, 'checkout', '-q', merge);
  writeFileSync(join(lab.workspace.directory, '.git/shallow'), `${merge}\n`);
  expect(git(lab, 'rev-list', '--count', 'HEAD')).toBe('1');

  const run = await deployIn(lab, 'pull_request_target', fork(head));

  expect([run.errors, run.requests]).toEqual([[fromFork(merge, 'pull_request_target')], []]);
});

test.concurrent('a commit that the author pushed after the event is not taken for ours', async () => {
  const { lab, main, head } = await withPullRequest();
  await using _ = lab;
  git(lab, 'checkout', '-q', head);
  lab.workspace.commit({ 'evil.js': 'y\n' });
  const later = git(lab, 'rev-parse', 'HEAD');

  const run = await deployIn(lab, 'pull_request_target', fork('f'.repeat(40)), { started: main });

  expect([run.errors, run.requests]).toEqual([[maybeTheirs(later, 'pull_request_target')], []]);
});

test.concurrent('a run that a workflow of a fork started is refused, whatever is checked out', async () => {
  await using lab = await openLab(dockerApp('1'));
  const main = git(lab, 'rev-parse', 'HEAD');
  const of = (from: string) => ({ workflow_run: { head_sha: 'f'.repeat(40), head_repository: { full_name: from } } });

  const theirs = await deployIn(lab, 'workflow_run', of('eve/app'), { started: main });
  const ours = await deployIn(lab, 'workflow_run', of('me/app'), { started: main });

  expect([theirs.errors, theirs.requests, ours.errors]).toEqual([
    [
      [
        'This run was started by a run of another repository, eve/app.',
        'Where: event workflow_run',
        CAUSE,
        'Fix: Give the job `if: github.event.workflow_run.head_repository.full_name == github.repository`.',
      ].join('\n'),
    ],
    [],
    [],
  ]);
});

test.concurrent('a comment deploys the default branch or a branch of the repository, and not the head of a fork', async () => {
  const { lab, main, head } = await withPullRequest();
  await using _ = lab;
  const comment = { issue: { number: 7, pull_request: {} } };
  git(lab, 'remote', 'add', 'origin', 'https://github.com/me/app');

  const defaultBranch = await deployIn(lab, 'issue_comment', comment, { started: main });
  git(lab, 'checkout', '-q', '--detach', head);
  git(lab, 'update-ref', 'refs/remotes/pull/7/head', head);
  const pullRequest = await deployIn(lab, 'issue_comment', comment, { started: main });
  git(lab, 'update-ref', 'refs/remotes/origin/feature', head);
  const branch = await deployIn(lab, 'issue_comment', comment, { started: main });
  git(lab, 'remote', 'set-url', 'origin', 'https://github.com/eve/app');
  const theirBranch = await deployIn(lab, 'issue_comment', comment, { started: main });

  const refused = [maybeTheirs(head, 'issue_comment')];
  expect([defaultBranch.errors, pullRequest.errors, branch.errors, theirBranch.errors]).toEqual([
    [],
    refused,
    [],
    refused,
  ]);
  expect([pullRequest.requests, theirBranch.requests]).toEqual([[], []]);
});

test.concurrent('what may be built from the code of a fork is refused, beside whatever commit', async () => {
  const { lab, main, head } = await withPullRequest();
  await using _ = lab;
  writeFileSync(join(lab.workspace.directory, 'bundle.js'), 'x\n');

  const run = await deployIn(lab, 'pull_request_target', fork(head), {
    started: main,
    inputs: { include: 'bundle.js' },
  });

  expect([run.errors, run.requests]).toEqual([
    [
      [
        'The event is pull_request_target of a fork, and "bundle.js" is in no commit: it may be made of the code of the fork.',
        'Where: input `include`',
        CAUSE,
        'Fix: Deploy on push. For pull requests use the event pull_request, where forks get no secrets.',
      ].join('\n'),
    ],
    [],
  ]);
});

test.concurrent('files of no commit are not deployed on a comment', async () => {
  await using lab = await openLab(dockerApp('1'));
  rmSync(join(lab.workspace.directory, '.git'), { recursive: true });

  const run = await deployIn(
    lab,
    'issue_comment',
    { issue: { number: 7, pull_request: {} } },
    { started: 'a'.repeat(40) },
  );

  expect([run.errors, run.requests]).toEqual([
    [
      [
        'The event is issue_comment, and the files are from no commit of this repository.',
        'Where: event issue_comment',
        CAUSE,
        'Fix: Check out a branch of this repository by its name, and only when the pull request is not from a fork.',
      ].join('\n'),
    ],
    [],
  ]);
});

test.concurrent('Dependabot is told which secrets its runs get', async () => {
  await using lab = await openLab(dockerApp('1'));
  const env = { HF_TOKEN: '', GITHUB_ACTOR: 'dependabot[bot]', GITHUB_EVENT_NAME: 'pull_request' };

  const run = await lab.deploy({}, { env });

  expect([run.errors, run.requests]).toEqual([
    [
      [
        'There is no token to deploy to me/app with.',
        'Where: input `token`',
        'Cause: Dependabot started this run. Its runs get no secrets of GitHub Actions, only those of Dependabot.',
        "Fix: Add the same secrets under Settings → Secrets and variables → Dependabot, or skip the job with `if: github.actor != 'dependabot[bot]'`.",
      ].join('\n'),
    ],
    [],
  ]);
});
