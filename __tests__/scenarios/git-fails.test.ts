import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { FAKE_GITS, fakeGit } from '../unit/source/fake-git.ts';
import { staticSite } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';

/** What lies around in a workspace, and must not be deployed. */
const LYING_AROUND = {
  '.env': 'API_KEY=9f8e7d6c5b4a\n',
  'node_modules/x/index.js': 'x\n',
  'gha-creds-0a.json': '{}\n',
};
const TRACKED = ['.gitignore', 'README.md', 'data.txt', 'index.html'];

async function openWorkspace(): Promise<Lab> {
  const lab = await openLab({ ...staticSite('one'), '.gitignore': `${Object.keys(LYING_AROUND).join('\n')}\n` });
  for (const [path, text] of Object.entries(LYING_AROUND)) {
    const absolute = join(lab.workspace.directory, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
  }
  return lab;
}

const inFront = (directory: string) => ({ env: { PATH: `${directory}:${process.env['PATH']}` } });
const deployed = async (lab: Lab) => Object.keys(await lab.space().files()).sort();
const WITH_HUBS = ['.gitattributes', ...TRACKED].sort();

test.concurrent.each(Object.entries(FAKE_GITS))(
  'with git %s the checkout of another user is deployed as always, and nothing that lies around',
  async (_, script) => {
    await using lab = await openWorkspace();
    using git = fakeGit(script);

    const run = await lab.deploy({ visibility: 'public' }, inFront(git.directory));

    expect([run.errors, run.warnings, await deployed(lab)]).toEqual([[], [], WITH_HUBS]);
  },
);

test.concurrent('a checkout that truly belongs to another user', async () => {
  await using lab = await openWorkspace();
  const { directory } = lab.workspace;
  // Only root may give files away; everybody else has git pretend that they are of another.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) for (const path of [directory, join(directory, '.git')]) chownSync(path, 12_345, 12_345);
  using git = fakeGit(isRoot ? '' : (FAKE_GITS['2.39'] ?? ''));

  const run = await lab.deploy({}, inFront(git.directory));

  expect([run.errors, await deployed(lab)]).toEqual([[], WITH_HUBS]);
});

const refusal = (directory: string, said: string, fix: string) =>
  expect.stringMatching(
    new RegExp(
      `^git does not say which files belong to the app: ${said}\nWhere: ${directory}/\\.git\nCause: Without its answer everything in the directory would be deployed, secrets and dependencies included\\.\nFix: ${fix}`,
    ),
  );
const MAKE_IT_WORK = 'Make `git status` work in this directory, in a step before this one';

test.concurrent.each<[string, (directory: string) => Readonly<Record<string, string>>, string]>([
  [
    'a repository that git does not trust, whatever we say',
    () => ({ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1', ...distrusting() }),
    'fatal: detected dubious ownership in repository .*',
  ],
  [
    'a .git file that leads nowhere',
    (directory) => {
      renameSync(join(directory, '.git'), `${directory}-gone`);
      writeFileSync(join(directory, '.git'), 'gitdir: /gone\n');
      return {};
    },
    'fatal: not a git repository: /gone',
  ],
  [
    'a repository of a newer git',
    (directory) => {
      writeFileSync(join(directory, '.git/config'), '[core]\n\trepositoryformatversion = 99\n');
      return {};
    },
    'fatal: .*99.*',
  ],
])('%s is refused in git’s own words, and nobody is asked', async (_, spoil, said) => {
  await using lab = await openWorkspace();
  const { directory } = lab.workspace;
  const env = spoil(directory);

  const run = await lab.deploy({ visibility: 'public' }, { env });

  expect([run.errors, run.exitCode, run.requests]).toEqual([[refusal(directory, said, MAKE_IT_WORK)], 1, []]);
  rmSync(`${directory}-gone`, { recursive: true, force: true });
});

/** A configuration of the user that takes every exemption back. */
function distrusting() {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  writeFileSync(join(home, '.gitconfig'), '[safe]\n\tdirectory =\n');
  return { HOME: home };
}

test.concurrent('without git, a repository is refused, and a directory without one is deployed with a warning', async () => {
  await using lab = await openWorkspace();
  const { directory } = lab.workspace;
  const bin = mkdtempSync(join(tmpdir(), 'bin-'));
  symlinkSync(process.execPath, join(bin, 'node'));

  const refused = await lab.deploy({}, { env: { PATH: bin } });
  for (const path of ['.git', ...Object.keys(LYING_AROUND), 'node_modules'])
    rmSync(join(directory, path), { recursive: true, force: true });
  const taken = await lab.deploy({}, { env: { PATH: bin } });

  expect([refused.errors, refused.requests]).toEqual([
    [
      refusal(
        directory,
        'git is not installed: no directory of PATH has it\\.',
        'Install git on the runner, or in the image',
      ),
    ],
    [],
  ]);
  expect([taken.errors, taken.warnings, await deployed(lab)]).toEqual([
    [],
    ['There is no git repository here, so everything in the directory is deployed: 4 files.'],
    WITH_HUBS,
  ]);
  expect(readdirSync(directory).sort()).toEqual(TRACKED);
  rmSync(bin, { recursive: true });
});
