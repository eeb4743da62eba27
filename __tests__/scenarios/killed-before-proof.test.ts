import type { ChildProcess } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { until } from './support/other-client.ts';

const ENDS_BY_MODE = `
if (process.env.MODE === 'crash') setTimeout(() => process.exit(1), 50);
else require('node:http').createServer((_, response) => response.end(JSON.stringify({ mode: process.env.MODE }))).listen(process.env.PORT || 7860);
`;
const ENDS_LATER = `
require('node:http').createServer((_, response) => response.end('{}')).listen(process.env.PORT || 7860, () => setTimeout(() => process.exit(3), 1500));
`;
const runOf = (id: number) => ({
  GITHUB_REPOSITORY: 'me/repo',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: String(id),
});

/** Kills the run as soon as the Hub has heard this from it. */
function killAfter(lab: Lab, pattern: RegExp): (child: ChildProcess) => void {
  const before = lab.hub.requests.length;
  const isHeard = () => lab.hub.requests.slice(before).some(({ method, path }) => pattern.test(`${method} ${path}`));
  const kill = (child: ChildProcess) => void child.kill('SIGKILL');
  return (child) => {
    until(isHeard).then(
      () => kill(child),
      () => kill(child),
    );
  };
}

test.concurrent.each(['b', 'c'] as const)(
  'killed after its settings, and run again before the app restarts with them: it waits for that (U3%s)',
  async (U3) => {
    const options = { readings: { U3 }, pace: { settingsLagMs: 4_000 } };
    await using lab = await openLab(dockerApp('1', ENDS_BY_MODE), options);
    await lab.deploy({ variables: 'MODE=ok' }, { env: runOf(100) });
    const crash = { variables: 'MODE=crash' };
    await lab.deploy(crash, { env: runOf(101), onStart: killAfter(lab, /POST .*\/variables$/) });

    const again = await lab.deploy(crash, { env: runOf(102) });

    expect([again.exitCode, again.outputs['result'], again.errors.length > 0]).toEqual([1, 'failed', true]);
  },
);

test.concurrent('and where they are right, it is green once the app has them', async () => {
  await using lab = await openLab(dockerApp('1', ENDS_BY_MODE), {
    readings: { U3: 'b' },
    pace: { settingsLagMs: 2_000 },
  });
  await lab.deploy({ variables: 'MODE=ok' }, { env: runOf(100) });
  const other = { variables: 'MODE=other' };
  await lab.deploy(other, { env: runOf(101), onStart: killAfter(lab, /POST .*\/variables$/) });

  const again = await lab.deploy(other, { env: runOf(102) });

  expect([again.errors, again.outputs['result']]).toEqual([[], 'unchanged']);
  expect(again.log).toContain('it says: {"mode":"other"}');
});

test.concurrent('killed after its commit, and run again: the app is watched after it was healthy, as by the first', async () => {
  await using lab = await openLab(dockerApp('1'), { pace: { buildMs: 6_000 } });
  await lab.deploy({}, { env: runOf(100) });
  lab.workspace.commit(dockerApp('2', ENDS_LATER));
  await lab.deploy({}, { env: runOf(101), onStart: killAfter(lab, /POST .*\/commit\/main$/) });

  const again = await lab.deploy({}, { env: runOf(102), waits: 'real' });

  expect([again.exitCode, again.outputs['result'], again.errors.length > 0]).toEqual([1, 'failed', true]);
});
