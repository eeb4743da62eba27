import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { matchesAny } from './support/branch-filter.ts';
import { job, needsOf, readWorkflow } from './support/workflow.ts';

const release = readWorkflow('.github/workflows/release.yml');
const places: string[] = [];
afterEach(() => {
  for (const place of places.splice(0)) rmSync(place, { recursive: true, force: true });
});

test('a tag of three numbers is released, and no branch', () => {
  expect(Object.keys(release.on)).toEqual(['push']);
  expect(Object.keys(release.on['push'] ?? {})).toEqual(['tags']);
  const matches = (tag: string) => matchesAny(release.on['push']?.['tags'] ?? [], tag);
  expect(['v1.2.3', 'v0.1.0', 'v1', 'v1.2', 'v1.2.3-rc.1'].map(matches)).toEqual([true, true, false, false, false]);
});

test('what may write comes after all checks, and runs nothing that npm brought', () => {
  expect(needsOf(job(release, 'publish'))).toEqual(['check']);
  const checks = job(release, 'check').steps.flatMap(({ run }) => run ?? []);
  expect(checks).toEqual([
    'scripts/release/main.sh check',
    'npm ci && npm test',
    'npm run lint',
    'npm run typecheck',
    'npm run check-dist',
  ]);
  expect(job(release, 'publish').steps.map(({ uses, run }) => uses?.split('@')[0] ?? run)).toEqual([
    'actions/checkout',
    'actions/attest-build-provenance',
    'scripts/release/main.sh publish',
  ]);
  expect(job(release, 'publish').steps[1]?.with).toEqual({ 'subject-path': 'dist/index.js' });
});

test('the first release of a major version makes its tag, the next one moves it', () => {
  const { tag, publish } = repository('1.0.0');
  const first = tag('v1.0.0');
  expect(publish('v1.0.0')).toEqual([
    `api --silent --method POST repos/acme/spaceport/git/refs -f ref=refs/tags/v1 -f sha=${first}`,
    'release view v1.0.0',
    'release create v1.0.0 --verify-tag --generate-notes --title v1.0.0',
  ]);
  tag('v1');
  const second = tag('v1.10.0');
  expect(publish('v1.10.0')[0]).toBe(
    `api --silent --method PATCH repos/acme/spaceport/git/refs/tags/v1 -f sha=${second} -F force=true`,
  );
});

test('a fix of an older version does not move the major tag back', () => {
  const { tag, publish } = repository('1.9.1');
  for (const name of ['v1', 'v1.10.0', 'v1.9.1', 'v2.0.0']) tag(name);
  expect(publish('v1.9.1')).toEqual([
    'release view v1.9.1',
    'release create v1.9.1 --verify-tag --generate-notes --title v1.9.1',
  ]);
});

test('a release that is there already is left alone, so that the job can be run again', () => {
  const { tag, publish } = repository('1.0.0', { released: true });
  tag('v1.0.0');
  expect(publish('v1.0.0').at(-1)).toBe('release view v1.0.0');
});

test('a tag that is not the version of the package, or not on main, is refused', () => {
  const { directory, tag, check, git } = repository('1.0.0');
  tag('v1.0.0');
  tag('v1.0.1');
  expect(check('v1.0.0')).toEqual({ code: 0, log: '' });
  expect(check('v1.0.1')).toEqual({
    code: 1,
    log: '::error title=No release::The tag is v1.0.1, package.json says v1.0.0: raise the version first.\n',
  });
  writeFileSync(join(directory, 'package.json'), manifest('1.0.2'));
  git('commit', '--quiet', '--all', '--message', 'Not on main');
  tag('v1.0.2');
  expect(check('v1.0.2')).toEqual({
    code: 1,
    log: '::error title=No release::v1.0.2 is not on main: merge it first.\n',
  });
});

/** A checkout with one commit on main, and a `gh` that records its arguments. */
function repository(version: string, { released = false } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-release-'));
  places.push(directory);
  const calls = join(directory, 'calls');
  writeFileSync(
    join(directory, 'gh'),
    `#!/bin/sh\necho "$*" >>${calls}\ncase "$*" in "release view"*) exit ${released ? 0 : 1} ;; esac\n`,
  );
  chmodSync(join(directory, 'gh'), 0o755);
  writeFileSync(join(directory, 'package.json'), manifest(version));
  const git = (...args: readonly string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: directory,
        encoding: 'utf8',
      },
    ).trim();
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', 'package.json');
  git('commit', '--quiet', '--message', 'Work');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const script = (verb: string, tag: string) => {
    const ran = spawnSync(resolve('scripts/release/main.sh'), [verb], {
      cwd: directory,
      encoding: 'utf8',
      env: {
        PATH: `${directory}:${process.env['PATH'] ?? ''}`,
        GITHUB_REF_NAME: tag,
        GITHUB_REPOSITORY: 'acme/spaceport',
      },
    });
    return { code: ran.status, log: `${ran.stdout}${ran.stderr}` };
  };
  return {
    directory,
    git,
    tag: (name: string) => {
      git('tag', '--force', name);
      return git('rev-parse', 'HEAD');
    },
    check: (tag: string) => script('check', tag),
    /** The arguments of each call of `gh`. */
    publish: (tag: string) => {
      rmSync(calls, { force: true });
      const { code, log } = script('publish', tag);
      if (code !== 0) throw new Error(log);
      return existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [];
    },
  };
}

function manifest(version: string): string {
  return `{\n  "name": "spaceport",\n  "version": "${version}"\n}\n`;
}
