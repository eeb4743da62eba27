import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';

/** Nothing of GitHub's is set there. */
const NO_GITHUB = { GITHUB_WORKSPACE: '', GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '' };

const GITLAB = (id: number) => ({
  ...NO_GITHUB,
  GITLAB_CI: 'true',
  CI_PROJECT_PATH: 'acme/app',
  CI_PIPELINE_ID: `${id}`,
  CI_PIPELINE_URL: `https://gitlab.com/acme/app/-/pipelines/${id}`,
});
const CIRCLE = (id: number) => ({
  ...NO_GITHUB,
  CIRCLECI: 'true',
  CIRCLE_PROJECT_USERNAME: 'acme',
  CIRCLE_PROJECT_REPONAME: 'app',
  CIRCLE_BUILD_NUM: `${id}`,
  CIRCLE_BUILD_URL: `https://circleci.com/gh/acme/app/${id}`,
});
const BITBUCKET = (id: number) => ({
  ...NO_GITHUB,
  BITBUCKET_BUILD_NUMBER: `${id}`,
  BITBUCKET_REPO_FULL_NAME: 'acme/app',
});

async function trailersOf(lab: Lab): Promise<Readonly<Record<string, string | undefined>>> {
  const [head] = await lab.space().commits();
  const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head?.message ?? '')?.[1];
  return { url: value('Run-Url'), id: value('Run-Id'), source: value('Source-Url') };
}

function withRemote(lab: Lab, url: string): void {
  execFileSync('git', ['remote', 'add', 'origin', url], { cwd: lab.workspace.directory });
}

const next = (lab: Lab, text: string) => lab.workspace.commit({ 'data.txt': text });

test.concurrent.each([
  [
    'GitLab',
    GITLAB,
    'https://gitlab.com/acme/app/-/pipelines/9',
    'https://gitlab.com/acme/app.git',
    'https://gitlab.com/acme/app/commit/',
  ],
  [
    'CircleCI',
    CIRCLE,
    'https://circleci.com/gh/acme/app/9',
    'git@github.com:acme/app.git',
    'https://github.com/acme/app/commit/',
  ],
  [
    'Bitbucket',
    BITBUCKET,
    'https://bitbucket.org/acme/app/pipelines/results/9',
    'git@bitbucket.org:acme/app.git',
    'https://bitbucket.org/acme/app/commits/',
  ],
] as const)(
  '%s: a commit links its run, an older run is refused, and its repository removes the Space',
  async (_, system, url, remote, page) => {
    await using lab = await openLab(staticSite('one'));
    withRemote(lab, remote);
    const commit = next(lab, 'two');

    const first = await lab.deploy({}, { env: system(9) });
    const trailers = await trailersOf(lab);
    next(lab, 'three');
    const older = await lab.deploy({}, { env: system(8) });
    const newer = await lab.deploy({}, { env: system(10) });
    const removed = await lab.deploy({ mode: 'remove' }, { env: system(11) });

    expect([first.errors, newer.errors, removed.errors]).toEqual([[], [], []]);
    expect(trailers).toEqual({ url, id: '9', source: `${page}${commit}` });
    expect([older.exitCode, writes(older.requests)]).toEqual([1, []]);
    expect(older.errors.map((error) => error.split('\n').filter((line) => !line.startsWith('Where')))).toEqual([
      [
        'A newer run of this repository has already deployed.',
        `Cause: The newest commit was made by ${url}.`,
        'Fix: Nothing to do, if the newer one is right. To deploy this version again, start a new pipeline for it.',
      ],
    ]);
    expect(lab.hub.space('me/app')).toBeUndefined();
  },
);

const COMMIT = 'c'.repeat(40);

test.concurrent.each([
  ['GitLab', { ...GITLAB(9), CI_COMMIT_SHA: COMMIT }, `https://gitlab.com/acme/app/commit/${COMMIT}`],
  ['CircleCI', { ...CIRCLE(9), CIRCLE_SHA1: COMMIT }, undefined],
  ['Bitbucket', { ...BITBUCKET(9), BITBUCKET_COMMIT: COMMIT }, `https://bitbucket.org/acme/app/commits/${COMMIT}`],
])(
  '%s: of files without their git repository, a commit links the page that this system has',
  async (_, env, source) => {
    await using lab = await openLab(staticSite('one'));
    rmSync(join(lab.workspace.directory, '.git'), { recursive: true });

    const run = await lab.deploy({}, { env });

    expect([run.errors, (await trailersOf(lab))['source']]).toEqual([[], source]);
  },
);

test.concurrent('numbers of runs of different systems are not compared, and one does not remove what another deployed', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({}, { env: GITLAB(900) });
  next(lab, 'two');

  const other = await lab.deploy({}, { env: BITBUCKET(1) });
  const removed = await lab.deploy({ mode: 'remove' }, { env: CIRCLE(1000) });

  expect(other.errors).toEqual([]);
  expect(removed.errors.map((error) => error.split('\n').slice(0, 3))).toEqual([
    [
      'Nothing was removed: this Space was deployed by another repository.',
      expect.stringMatching(/^Where: Space me\/app, commit /),
      'Cause: Its newest commit was made by https://bitbucket.org/acme/app/pipelines/results/1.',
    ],
  ]);
});

test.concurrent('without a token the error names what this system has', async () => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({}, { env: { ...GITLAB(1), HF_TOKEN: '' } });

  expect(run.errors.map((error) => error.split('\n').filter((line) => /^(There|Cause)/.test(line)))).toEqual([
    [
      'There is no token to deploy to me/app with.',
      'Cause: The input `token` is empty, and neither HF_TOKEN nor HF_OIDC_ID_TOKEN is set.',
    ],
  ]);
});

test.concurrent.each(['private', 'public'])(
  'outside of CI the git remote tells whose a %s Space is',
  async (visibility) => {
    await using lab = await openLab(staticSite('one'));
    withRemote(lab, 'git@github.com:acme/app.git');
    await lab.deploy({ visibility }, { env: NO_GITHUB });
    execFileSync('git', ['remote', 'set-url', 'origin', 'https://github.com/eve/app'], {
      cwd: lab.workspace.directory,
    });

    const others = await lab.deploy({ mode: 'remove' }, { env: NO_GITHUB });
    execFileSync('git', ['remote', 'set-url', 'origin', 'https://github.com/acme/app'], {
      cwd: lab.workspace.directory,
    });
    const ours = await lab.deploy({ mode: 'remove' }, { env: NO_GITHUB });

    expect(others.errors.map((error) => error.split('\n')[0])).toEqual([
      'Nothing was removed: this Space was deployed by another repository.',
    ]);
    expect([ours.errors, lab.hub.space('me/app')]).toEqual([[], undefined]);
  },
);

/** The inputs of the one command `spaceport deploy` in an example. */
function inputsOf(example: string): Readonly<Record<string, string>> {
  const command = /npx --yes --package \.\/ci\/spaceport\.tgz spaceport deploy (.*)$/gm;
  const commands = [...readFileSync(example, 'utf8').matchAll(command)];
  expect(commands).toHaveLength(1);
  return Object.fromEntries(
    [...(commands[0]?.[1] ?? '').matchAll(/--([\w-]+) (\S+)/g)].map(([, name, value]) => [name, value]),
  );
}

test.concurrent.each([
  ['examples/ci/.gitlab-ci.yml', GITLAB(1)],
  ['examples/ci/.circleci/config.yml', CIRCLE(1)],
  ['examples/ci/bitbucket-pipelines.yml', BITBUCKET(1)],
])('%s is YAML, and with its inputs and its variables a Space is deployed', async (example, env) => {
  const file = 'environments:\n  production:\n    space: me/app\n    timeout: 60s\n';
  await using lab = await openLab({ ...staticSite('one'), 'spaceport.yml': file });

  const inputs = inputsOf(example);
  const run = await lab.deploy({ space: '', timeout: '', ...inputs }, { env });

  expect(parse(readFileSync(example, 'utf8'))).toEqual(expect.any(Object));
  expect(inputs).toEqual({ environment: 'production' });
  expect([run.errors, (await trailersOf(lab))['id']]).toEqual([[], '1']);
});

/** Two members of one organization. */
const SEED = {
  users: [
    { name: 'acme', plan: 'team', type: 'org' },
    { name: 'ada', plan: 'free', orgs: ['acme'] },
    { name: 'eve', plan: 'free', orgs: ['acme'] },
  ],
  tokens: [
    { token: 'hf_ada_write', user: 'ada', role: 'write' },
    { token: 'hf_eve_write', user: 'eve', role: 'write' },
  ],
} as const;

test.concurrent('without a git remote, the account tells', async () => {
  await using lab = await openLab(staticSite('one'), { seed: SEED });
  const run = (inputs: Readonly<Record<string, string>>, token: string) =>
    lab.deploy({ space: 'acme/app', ...inputs }, { env: { ...NO_GITHUB, HF_TOKEN: token } });
  await run({}, 'hf_ada_write');

  const others = await run({ mode: 'remove' }, 'hf_eve_write');
  const ours = await run({ mode: 'remove' }, 'hf_ada_write');

  expect(others.errors.map((error) => error.split('\n')[0])).toEqual([
    'Nothing was removed: this Space was deployed by another account.',
  ]);
  expect([ours.errors, lab.hub.space('acme/app')]).toEqual([[], undefined]);
});
