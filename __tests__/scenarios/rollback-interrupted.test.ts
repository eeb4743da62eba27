// biome-ignore-all lint/suspicious/noThenProperty: a fault says what happens `then`
import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { CRASHES, EARLIER_RUN, killedWhen, newestTitle, RERUN, RUN, stateOf } from './support/rollback-stories.ts';

let lab: Lab;
afterEach(() => lab.close());

const greeting = () => lab.space().variables['GREETING']?.value;
const hasFailed = () => lab.space().runtime.answer().stage === 'RUNTIME_ERROR';
/** The version has failed, and the variables are as before it, whether or not the app was restarted for them. */
const hasItsVariablesBack = () => {
  let failed = false;
  return () => {
    failed ||= hasFailed();
    return failed && greeting() === 'hello';
  };
};

/** One version serves; the next one, in the workspace, crashes. */
async function setBrokenUpdate() {
  lab = await openLab(dockerApp('1'));
  const inputs = { variables: 'GREETING=hello', secrets: 'KEPT=1\nOLD=before', visibility: 'public' };
  expect((await lab.deploy(inputs, { env: EARLIER_RUN })).errors).toEqual([]);
  lab.workspace.commit({ 'server.js': CRASHES, 'added.txt': 'new' });
  return stateOf(lab);
}
const UPDATE = { variables: 'GREETING=goodbye\nADDED=1', secrets: 'KEPT=1\nOLD=after\nNEW=1' };

test.each<[string, () => boolean | Promise<boolean>]>([
  ['before anything was restored', hasFailed],
  ['when the variables were restored, but not the files', hasItsVariablesBack()],
  ['when the files were restored, but not verified yet', async () => (await newestTitle(lab)).startsWith('Roll back')],
])('killed %s and run again: the old version serves in the end', async (_, isTheMoment) => {
  const before = await setBrokenUpdate();
  const killed = await lab.deploy(UPDATE, { env: RUN, onStart: killedWhen(isTheMoment) });
  expect(killed.exitCode).toBe(null);

  const again = await lab.deploy(UPDATE, { env: RERUN });

  expect(again.outputs).toMatchObject({ result: 'rolled-back', commit: await lab.space().head() });
  expect(await stateOf(lab)).toEqual(before);
  expect(again.errors[1]).toMatch(/ Not restored, because their values cannot be read: OLD\.\n/);
});

test('killed between settings and commit and run again: the settings are restored too', async () => {
  const before = await setBrokenUpdate();
  const route = 'POST /api/spaces/:owner/:name/preupload/:rev';
  const endDelay = lab.hub.fault({ route, then: { delayMs: 60_000 } });
  const isTheMoment = () => greeting() === 'goodbye' && Object.hasOwn(lab.space().secrets, 'NEW');
  await lab.deploy(UPDATE, { env: RUN, onStart: killedWhen(isTheMoment) });
  endDelay();
  expect(lab.space().variables['GREETING']).toMatchObject({
    value: 'goodbye',
    description: 'Set by Spaceport; run 100, before: "hello"',
  });

  const again = await lab.deploy(UPDATE, { env: RERUN });

  expect(again.outputs['result']).toBe('rolled-back');
  expect(await stateOf(lab)).toEqual(before);
  expect(again.errors[1]).toMatch(/ Not restored, because their values cannot be read: OLD\.\n/);
});

test('killed after a change of settings alone and run again: the settings are restored without a commit', async () => {
  const server = scriptedServer("() => process.env.MODE === 'bad' ? [500, {}] : [200, { mode: process.env.MODE }]");
  lab = await openLab(dockerApp('1', server));
  await lab.deploy({ variables: 'MODE=good', visibility: 'public' }, { env: EARLIER_RUN });
  const before = { ...(await stateOf(lab)), head: await lab.space().head() };
  const inputs = { variables: 'MODE=bad\nMORE=1', timeout: '6s' };
  const isTheMoment = () => Object.hasOwn(lab.space().variables, 'MORE');
  await lab.deploy(inputs, { env: RUN, onStart: killedWhen(isTheMoment) });

  const again = await lab.deploy(inputs, { env: RERUN });

  expect(again.outputs['result']).toBe('rolled-back');
  expect({ ...(await stateOf(lab)), head: await lab.space().head() }).toEqual(before);
});

test('a job that is cancelled during a rollback reports both failures, and its re-run completes the rollback', async () => {
  const before = await setBrokenUpdate();

  const cancelled = await lab.deploy(UPDATE, { env: RUN, onStart: killedWhen(hasItsVariablesBack(), 'SIGTERM') });

  expect(cancelled.exitCode).toBe(1);
  expect(cancelled.outputs).toMatchObject({ result: 'failed', 'rolled-back': 'false' });
  expect(cancelled.errors.map((error) => error.split('\n')[0])).toEqual([
    expect.stringMatching(/^RUNTIME_ERROR/),
    'The job was cancelled while the previous version was being restored.',
  ]);
  const again = await lab.deploy(UPDATE, { env: RERUN });
  expect(again.outputs['result']).toBe('rolled-back');
  expect(await stateOf(lab)).toEqual(before);
});

test('a later run rolls back past the version and the variables that a killed run left', async () => {
  const before = await setBrokenUpdate();
  const inputs = { variables: UPDATE.variables, secrets: 'KEPT=1\nOLD=before' };
  await lab.deploy(inputs, { env: RUN, onStart: killedWhen(hasFailed) });
  lab.workspace.commit({ 'server.js': `${CRASHES} // still` });

  const later = await lab.deploy(inputs, { env: { ...RUN, GITHUB_RUN_ID: '101' } });

  expect(later.outputs['result']).toBe('rolled-back');
  expect(await stateOf(lab)).toEqual(before);
});

test('where a killed run has created the Space, there is still nothing to roll back to', async () => {
  lab = await openLab(dockerApp('1', CRASHES));
  const isTheMoment = async () => (await newestTitle(lab)).startsWith('Deploy');
  await lab.deploy({}, { env: RUN, onStart: killedWhen(isTheMoment) });

  const rerun = await lab.deploy({}, { env: RERUN });
  lab.workspace.commit({ 'server.js': `${CRASHES} // again` });
  const later = await lab.deploy({}, { env: { ...RUN, GITHUB_RUN_ID: '101' } });

  const [nothing] = ['There is no previous version that ran, so there is nothing to roll back to.'];
  expect([rerun, later].map(({ errors }) => errors[1]?.split('\n')[0])).toEqual([nothing, nothing]);
  expect(await newestTitle(lab)).toMatch(/^Deploy/);
});
