import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { CRASHES, RUN } from './support/rollback-stories.ts';

const PUBLIC = { visibility: 'public' };
let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'spaceport-events-'));
});
afterAll(() => rmSync(place, { recursive: true }));

/** The environment of a run of `me/repo`, whose event says whether it is private. */
function runOf(isPrivate: boolean, id = '100') {
  const event = join(place, `${isPrivate}.json`);
  writeFileSync(event, JSON.stringify({ repository: { full_name: 'me/repo', private: isPrivate } }));
  return { env: { ...RUN, GITHUB_RUN_ID: id, GITHUB_EVENT_PATH: event } };
}

/** All that visitors of a Space can read of its history and settings, as one text. */
async function historyOf(lab: Lab): Promise<string> {
  const commits = await lab.space().commits();
  return JSON.stringify([commits.map(({ title, message }) => [title, message]), lab.space().variables]);
}

test.concurrent('visitors of a public Space learn nothing of a private repository: no name, commit or run link', async () => {
  await using lab = await openLab(dockerApp('1'));
  const first = lab.workspace.commit({ 'more.txt': 'more' });
  await lab.deploy(PUBLIC, runOf(true));
  const second = lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy({ ...PUBLIC, variables: 'NEW=1' }, runOf(true, '101'));

  expect([run.errors[1], run.outputs['result']]).toEqual([
    expect.stringMatching(/^The Space was rolled back/),
    'rolled-back',
  ]);
  const titles = (await lab.space().commits()).map(({ title }) => title.replaceAll(/[0-9a-f]{7}/g, 'sha'));
  expect(titles.slice(0, 3)).toEqual(['Roll back sha: restore sha', 'Deploy to staging', 'Deploy to staging']);
  const history = await historyOf(lab);
  for (const name of ['me/repo', 'github.com', 'actions/runs', first.slice(0, 7), second.slice(0, 7)])
    expect(history).not.toContain(name);
  expect(history).toMatch(/Source-Digest: [0-9a-f]{64}/);
  expect(history).toMatch(/Content-Digest: [0-9a-f]{64}/);
});

test.concurrent('such a Space is recognised all the same: unchanged, overtaken, and removed', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy(PUBLIC, runOf(true, '101'));

  const unchanged = await lab.deploy(PUBLIC, runOf(true, '102'));
  lab.workspace.commit({ 'server.js': healthyServer('0') });
  const overtaken = await lab.deploy(PUBLIC, runOf(true, '99'));
  const removed = await lab.deploy({ mode: 'remove' }, runOf(true, '103'));

  expect(unchanged.outputs['result']).toBe('unchanged');
  expect(overtaken.errors.map((error) => error.split('\n').slice(0, 3))).toEqual([
    [
      'A newer run of this repository has already deployed.',
      'Where: Space me/app',
      'Cause: The newest commit was made by run 101.',
    ],
  ]);
  expect([removed.errors, removed.outputs['result']]).toEqual([[], 'removed']);
});

test.concurrent('a public repository is named, and so is a private one in a Space of its own kind', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy(PUBLIC, runOf(false));
  await lab.deploy({ space: 'me/hidden', visibility: 'private' }, runOf(true));

  const [open, hidden] = [await lab.space().commits(), await lab.space('me/hidden').commits()];

  for (const [newest] of [open, hidden]) {
    expect(newest?.title).toMatch(/^Deploy [0-9a-f]{7} of me\/repo to staging$/);
    expect(newest?.message).toContain('Run-Url: https://github.com/me/repo/actions/runs/100');
  }
});

test.concurrent('who opens a Space hears that its history names the repository', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'private' }, runOf(true));

  const opened = await lab.deploy(PUBLIC, runOf(true, '101'));

  expect(opened.warnings).toEqual([
    'Earlier commits of this Space name the repository and its runs, and everybody can read them in its history. New ones do not, because the repository is not known to be public.',
  ]);
});
