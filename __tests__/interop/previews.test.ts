import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Hub } from '../../emulator/api.ts';
import { createHub } from '../../emulator/create-hub.ts';
import { TOKEN } from '../../scripts/rehearse/seed-for.ts';
import { staticSite } from '../scenarios/support/apps.ts';
import { commitByHand } from '../scenarios/support/other-client.ts';
import { createWorkspace, type Workspace } from '../scenarios/support/workspace.ts';
import { TO_COPY } from '../workflows/support/workflow.ts';
import { type Order, runWorkflow, type WorkflowRun } from './workflows/act.ts';
import { REPOSITORY } from './workflows/checkout.ts';

let hub: Hub;
let app: Workspace;
let programs: string;
let runs = 0;

/** The workflows and their inputs as somebody copies them, with names of their own. */
const copied = (path: string) => readFileSync(path, 'utf8').replaceAll('acme/my-app', 'me/site');

beforeAll(async () => {
  hub = await createHub();
  app = createWorkspace({
    ...staticSite('one'),
    'spaceport.yml': copied('examples/spaceport.yml'),
    '.github/workflows/preview.yml': copied(`${TO_COPY}/preview.yml`),
    '.github/workflows/preview-sweep.yml': copied(`${TO_COPY}/preview-sweep.yml`),
  });
  // From there act has the name of the repository.
  execFileSync('git', ['remote', 'add', 'origin', `https://github.com/${REPOSITORY}.git`], { cwd: app.directory });
  programs = mkdtempSync(join(tmpdir(), 'spaceport-programs-'));
});

afterAll(async () => {
  await hub?.close();
  app?.remove();
  rmSync(programs, { recursive: true, force: true });
});

/** GitHub's command line tool as far as the sweep asks it: which pull requests are closed. */
function closedPullRequests(...numbers: readonly number[]): void {
  const gh = join(programs, 'gh');
  mkdirSync(dirname(gh), { recursive: true });
  writeFileSync(gh, `#!/bin/sh\nprintf '%s\\n' ${numbers.join(' ')}\n`);
  chmodSync(gh, 0o755);
}

function run(order: Pick<Order, 'workflow' | 'event' | 'payload'>): Promise<WorkflowRun> {
  return runWorkflow(app, { secrets: { HF_TOKEN: TOKEN }, hubUrl: hub.url, runId: ++runs, programs, ...order });
}

function pullRequest(action: string, number: number, head = REPOSITORY): Pick<Order, 'workflow' | 'event' | 'payload'> {
  const pull = { number, head: { ref: 'work', sha: '0'.repeat(40), repo: { full_name: head } }, base: { ref: 'main' } };
  return { workflow: 'preview', event: 'pull_request', payload: { action, number, pull_request: pull } };
}

const SWEEP = { workflow: 'preview-sweep', event: 'workflow_dispatch', payload: {} } as const;
const deletions = () => hub.requests.filter(({ method }) => method === 'DELETE').length;
const spaces = () => [7, 8, 9].filter((number) => hub.space(`me/site-pr-${number}`) !== undefined);

// Told in order, on one Hub: each goes on where the one before ended.
test('a pull request gets a private Space of its own, and each push goes to it', async () => {
  const first = await run(pullRequest('opened', 7));
  app.commit(staticSite('two'));
  const second = await run(pullRequest('synchronize', 7));

  expect([first.jobs, second.jobs]).toEqual([{ deploy: 'success' }, { deploy: 'success' }]);
  const space = hub.space('me/site-pr-7');
  expect([space?.visibility, space?.variables['APP_ENV']?.value, spaces()]).toEqual(['private', 'preview-7', [7]]);
  expect(String(await space?.read('data.txt'))).toBe('two\n');
});

test('a pull request of a fork gets none', async () => {
  const before = hub.requests.length;

  const [opened, closed] = [
    await run(pullRequest('opened', 8, 'eve/site')),
    await run(pullRequest('closed', 8, 'eve/site')),
  ];

  expect([opened.jobs, closed.jobs, hub.requests.length - before]).toEqual([{}, {}, 0]);
});

test('when it is closed the Space is removed, and closing it once more does no harm', async () => {
  const closed = await run(pullRequest('closed', 7));
  const left = spaces();
  const again = await run(pullRequest('closed', 7));

  expect([closed.jobs, left, again.jobs]).toEqual([{ remove: 'success' }, [], { remove: 'success' }]);
});

test('the sweep removes what is left of closed pull requests, and nothing else', async () => {
  for (const number of [7, 8, 9]) await run(pullRequest('opened', number));
  await commitByHand(hub, 'note.txt', 'mine', 'me/site-pr-9');
  closedPullRequests(7, 9, 10);
  const before = deletions();

  const swept = await run(SWEEP);

  // 8 is open, 10 never had a Space, and somebody works in 9.
  expect(spaces()).toEqual([8, 9]);
  expect([swept.exitCode, swept.jobs['find'], deletions() - before]).toEqual([1, 'success', 1]);
  expect(swept.log).toMatch(/Nothing was removed: the newest commit of this Space was not made by a deployment\./);
});

test('a sweep that finds nothing starts nothing', async () => {
  closedPullRequests(10, 11);

  const swept = await run(SWEEP);

  expect([swept.exitCode, swept.jobs, spaces()]).toEqual([0, { find: 'success' }, [8, 9]]);
});
