import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { setStage, writes } from './support/lab.ts';

const PRICE = '`cpu-upgrade` costs money for as long as the Space runs: https://huggingface.co/pricing.';
const hardwareOf = ({ hardware, gcTimeout }: { hardware: unknown; gcTimeout?: unknown }) => ({ hardware, gcTimeout });
const on = (flavor: string, gcTimeout: number | null) => ({
  hardware: { current: flavor, requested: flavor },
  gcTimeout,
});

test.concurrent('a new Space is made with its hardware and sleep time, and the cost is announced', async () => {
  await using stage = await setStage(dockerApp('1'));

  const run = await stage.deploy({ hardware: 'cpu-upgrade', 'sleep-time': '3600' });

  expect([run.errors, run.outputs['result'], writes(run.requests)]).toEqual([
    [],
    'deployed',
    ['POST /api/repos/create', 'POST /api/spaces/me/app/commit/main'],
  ]);
  expect(run.warnings).toEqual([`${PRICE} It sleeps after 3600 s without a visit, and costs nothing then.`]);
  expect(hardwareOf(stage.space().runtime.answer())).toEqual(on('cpu-upgrade', 3_600));
});

test.concurrent('hardware and sleep time of a Space that is there are changed once, before the commit, and then left', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy();

  const upgraded = await stage.deploy({ hardware: 'cpu-upgrade' });
  const same = await stage.deploy({ hardware: 'cpu-upgrade' });
  const sleeps = await stage.deploy({ hardware: 'cpu-upgrade', 'sleep-time': '600' });
  const unsaid = await stage.deploy();
  const back = await stage.deploy({ hardware: 'cpu-basic' });

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
  expect(hardwareOf(stage.space().runtime.answer())).toEqual(on('cpu-basic', 172_800));
});

test.concurrent('a version that does not start takes the hardware that was set for it along when it goes', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy();
  stage.workspace.commit({ 'server.js': "throw new Error('no');" });

  const run = await stage.deploy({ hardware: 'cpu-upgrade' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(stage.space().runtime.answer().hardware).toEqual({ current: 'cpu-basic', requested: 'cpu-basic' });
});

test.concurrent('an owner who cannot pay is told so, and nothing is deployed', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy();
  const head = await stage.space().head();
  stage.workspace.commit({ 'new.txt': 'new' });
  stage.hub.fault({
    route: 'POST /api/spaces/:owner/:name/hardware',
    // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`
    then: { status: 402, body: { error: 'You must add a payment method to use cpu-upgrade.' } },
  });

  const run = await stage.deploy({ hardware: 'cpu-upgrade' });

  expect([run.exitCode, await stage.space().head()]).toEqual([1, head]);
  expect(run.errors.join()).toMatch(
    /^The Hub refused to put me\/app on cpu-upgrade: You must add a payment method to use cpu-upgrade\.[\s\S]*answered 402[\s\S]*Cure: Subscribe/,
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
  await using stage = await setStage(files);

  const run = await stage.deploy(inputs);

  expect([run.exitCode, writes(run.requests)]).toEqual([1, []]);
  expect(run.errors).toEqual([expect.stringMatching(said)]);
});
