import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

const PRICE = '`cpu-upgrade` costs $0.03 an hour for as long as the Space runs: https://huggingface.co/pricing.';
const hardwareOf = ({ hardware, gcTimeout }: { hardware: unknown; gcTimeout?: unknown }) => ({ hardware, gcTimeout });
const on = (flavor: string, gcTimeout: number | null) => ({
  hardware: { current: flavor, requested: flavor },
  gcTimeout,
});

test.concurrent('a new Space is created with its hardware and sleep time, and the cost is announced', async () => {
  await using lab = await openLab(dockerApp('1'));

  const run = await lab.deploy({ hardware: 'cpu-upgrade', 'sleep-time': '3600' });

  expect([run.errors, run.outputs['result'], writes(run.requests)]).toEqual([
    [],
    'deployed',
    ['POST /api/repos/create', 'POST /api/spaces/me/app/commit/main'],
  ]);
  expect(run.warnings).toEqual([`${PRICE} It sleeps after 3600 s without a visit, and costs nothing then.`]);
  expect(hardwareOf(lab.space().runtime.answer())).toEqual(on('cpu-upgrade', 3_600));
});

test.concurrent('hardware and sleep time of an existing Space are changed once, before the commit', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();

  const upgraded = await lab.deploy({ hardware: 'cpu-upgrade' });
  const same = await lab.deploy({ hardware: 'cpu-upgrade' });
  const sleeps = await lab.deploy({ hardware: 'cpu-upgrade', 'sleep-time': '600' });
  const unsaid = await lab.deploy();
  const back = await lab.deploy({ hardware: 'cpu-basic' });

  expect(
    [upgraded, same, sleeps, unsaid, back].map(({ errors, outputs, requests }) => [
      errors,
      outputs['result'],
      writes(requests),
    ]),
  ).toEqual([
    [[], 'deployed', ['POST /api/spaces/me/app/hardware']],
    [[], 'unchanged', []],
    [[], 'deployed', ['POST /api/spaces/me/app/sleeptime']],
    [[], 'unchanged', []],
    [[], 'deployed', ['POST /api/spaces/me/app/hardware']],
  ]);
  expect([upgraded.warnings, sleeps.warnings, back.warnings]).toEqual([
    [`${PRICE} It never sleeps by itself; \`sleep-time\` would let it.`],
    [],
    [],
  ]);
  expect(upgraded.summary).toContain('- hardware: <code>cpu-basic</code> → <code>cpu-upgrade</code>');
  expect(hardwareOf(lab.space().runtime.answer())).toEqual(on('cpu-basic', 172_800));
});

test.concurrent('a rollback also restores the hardware that was set for the failed version', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': "throw new Error('no');" });

  const run = await lab.deploy({ hardware: 'cpu-upgrade' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(lab.space().runtime.answer().hardware).toEqual({ current: 'cpu-basic', requested: 'cpu-basic' });
});

test.concurrent('an owner who cannot pay: the error says so, and nothing is deployed', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  const head = await lab.space().head();
  lab.workspace.commit({ 'new.txt': 'new' });
  lab.hub.fault({
    route: 'POST /api/spaces/:owner/:name/hardware',
    // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`
    then: { status: 402, body: { error: 'You must add a payment method to use cpu-upgrade.' } },
  });

  const run = await lab.deploy({ hardware: 'cpu-upgrade' });

  expect([run.exitCode, await lab.space().head()]).toEqual([1, head]);
  expect(run.errors.join()).toMatch(
    /^The Hub refused to put me\/app on cpu-upgrade: You must add a payment method to use cpu-upgrade\.[\s\S]*answered 402[\s\S]*Fix: See https:\/\/huggingface\.co\/settings\/billing/,
  );
});

test.concurrent.each([
  [
    'free hardware has no sleep time',
    dockerApp('1'),
    { hardware: 'cpu-basic', 'sleep-time': '60' },
    /^cpu-basic sleeps after 48 hours/,
  ],
  ['a new Space on free hardware neither', dockerApp('1'), { 'sleep-time': '60' }, /^cpu-basic sleeps after 48 hours/],
  [
    'a static Space has no hardware, also when that is derived',
    staticSite('x'),
    { hardware: 't4-small' },
    /^A static Space runs on no hardware/,
  ],
  [
    'ZeroGPU is for gradio',
    dockerApp('1'),
    { hardware: 'zero-a10g' },
    /^zero-a10g is for gradio Spaces, and this is a docker one/,
  ],
])('%s', async (_, files, inputs, said) => {
  await using lab = await openLab(files);

  const run = await lab.deploy(inputs);

  expect([run.exitCode, writes(run.requests)]).toEqual([1, []]);
  expect(run.errors).toEqual([expect.stringMatching(said)]);
});
