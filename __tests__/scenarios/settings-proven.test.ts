import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';

/** Ends on a setting that it cannot work with, after a while; until then the old process answers. */
const PICKY = `
if (process.env.GREETING === 'bad') setTimeout(() => process.exit(1), 2500);
else require('node:http').createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ greeting: process.env.GREETING, more: process.env.MORE }));
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;

const SETTINGS = 'POST /api/spaces/me/app/variables';
const RESTART = 'POST /api/spaces/me/app/restart';
const U3 = ['a', 'b', 'c'] as const;
const U4 = ['a', 'b'] as const;
const readings = U3.flatMap((U3) => U4.map((U4) => ({ U3, U4 })));
/** Only where neither the stage nor the process shows a restart, the run makes one itself. */
const restartsItself = ({ U3, U4 }: (typeof readings)[number]) => U3 === 'c' && U4 === 'b';

const openWith = (chosen: (typeof readings)[number]): Promise<Lab> =>
  openLab(dockerApp('1', PICKY), { readings: chosen, pace: { settingsLagMs: 1_500, startMs: 1_000 } });

test.concurrent.each(readings)('a new value that works is proven by a new start: %j', async (chosen) => {
  await using lab = await openWith(chosen);
  await lab.deploy({ variables: 'GREETING=good' });

  const run = await lab.deploy({ variables: 'GREETING=better', 'health-expect': 'greeting=better' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(writes(run.requests)).toEqual([SETTINGS, ...(restartsItself(chosen) ? [RESTART] : [])]);
});

test.concurrent.each(readings)(
  'a new value that ends the app is red, and the old value comes back: %j',
  async (chosen) => {
    await using lab = await openWith(chosen);
    await lab.deploy({ visibility: 'public', variables: 'GREETING=good' });

    const run = await lab.deploy({ variables: 'GREETING=bad', timeout: '90s' });

    expect(run.errors[0]).toMatch(/^RUNTIME_ERROR: the app did not start, or ended/);
    expect([run.exitCode, run.outputs['result']]).toEqual([1, 'rolled-back']);
    expect(lab.space().variables['GREETING']?.value).toBe('good');
    expect(await (await fetch(`${lab.space().runtime.appUrl}/health`)).json()).toEqual({ greeting: 'good' });
  },
);

test.concurrent.each(readings)('of several new values the last one counts: %j', async (chosen) => {
  await using lab = await openWith(chosen);
  await lab.deploy({ variables: 'GREETING=good\nMORE=1' });

  const run = await lab.deploy({ variables: 'GREETING=better\nMORE=2', 'health-expect': 'greeting=better\nmore=2' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(writes(run.requests)).toEqual([SETTINGS, SETTINGS, ...(restartsItself(chosen) ? [RESTART] : [])]);
});
