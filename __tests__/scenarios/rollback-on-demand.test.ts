// biome-ignore-all lint/suspicious/noThenProperty: a fault says what happens `then`
import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { callHub, commitByHand } from './support/other-client.ts';
import { CRASHES, EARLIER_RUN, killedWhen, newestTitle, RUN, stateOf } from './support/rollback-stories.ts';
import { startGateway } from './support/server.ts';

/** Two versions in turn, each with its variables and secrets. */
async function deployTwo(lab: Lab) {
  const one = { variables: 'GREETING=hello\nGONE=1', secrets: 'KEPT=1\nCHANGED=1', 'settings-strategy': 'mirror' };
  const first = await lab.deploy({ ...one, visibility: 'public' }, { env: EARLIER_RUN });
  const state = await stateOf(lab);
  lab.workspace.commit({ 'server.js': healthyServer('2'), 'added.txt': 'new' });
  const two = {
    variables: 'GREETING=bye\nADDED=1',
    secrets: 'KEPT=1\nCHANGED=2\nNEW=1',
    'settings-strategy': 'mirror',
  };
  const second = await lab.deploy(two, { env: RUN });
  expect([first.errors, second.errors]).toEqual([[], []]);
  return { state, first: `${first.outputs['commit']}`, second: `${second.outputs['commit']}` };
}

test.concurrent('the previous version comes back, with its files and variables, in one commit, without a checkout', async () => {
  await using lab = await openLab(dockerApp('1'));
  const { state, first, second } = await deployTwo(lab);

  const env = { GITHUB_WORKSPACE: '/nowhere/at/all', ...RUN, GITHUB_RUN_ID: '101' };

  // Neither is asked of an earlier version, which need not know them.
  const asked = { 'health-expect': 'no=such', checks: '- path: /\n  headers: { X-Key: "${NOT_SET}" }' };
  const run = await lab.deploy({ mode: 'rollback', ...asked }, { env });

  expect([run.errors, run.exitCode]).toEqual([[], 0]);
  const head = await lab.space().head();
  expect(run.outputs).toMatchObject({
    result: 'rolled-back',
    commit: head,
    'previous-commit': second,
    changed: 'true',
    'rolled-back': 'true',
    stage: 'RUNNING',
  });
  expect(await stateOf(lab)).toEqual({ ...state, secrets: ['CHANGED', 'KEPT', 'NEW'] });
  expect(run.warnings).toEqual([
    'Secrets that cannot come back, because their values cannot be read (set again since: CHANGED). Set them again if the restored version needs the old values.',
    'Left as it is, although that version did not have it: the secret NEW.',
  ]);
  expect(writes(run.requests)).toEqual([
    'DELETE /api/spaces/me/app/variables',
    'POST /api/spaces/me/app/variables',
    'POST /api/spaces/me/app/variables',
    'POST /api/spaces/me/app/commit/main',
  ]);
  const [newest, ...older] = await lab.space().commits();
  expect(newest?.title).toBe(`Roll back ${second.slice(0, 7)}: restore ${first.slice(0, 7)}`);
  expect(newest?.message).toMatch(new RegExp(`^Undoes: ${second}$`, 'm'));
  expect(newest?.message).toMatch(new RegExp(`^Rolled-Back-To: ${first}$`, 'm'));
  expect(older.slice(0, 2).map(({ id }) => id)).toEqual([second, first]);
});

test.concurrent('any version comes back, with its large files and without an upload, over the commits of others', async () => {
  const large = Buffer.alloc(11_000_000, 'old');
  await using lab = await openLab({ ...dockerApp('1'), 'model.bin': large });
  const first = await lab.deploy({ visibility: 'public' }, { env: EARLIER_RUN });
  const state = await stateOf(lab);
  lab.workspace.commit({ 'server.js': healthyServer('2'), 'model.bin': Buffer.from('small') });
  await lab.deploy({}, { env: RUN });
  lab.workspace.commit({ 'server.js': healthyServer('3') });
  await lab.deploy({}, { env: { ...RUN, GITHUB_RUN_ID: '101' } });
  await commitByHand(lab.hub, 'note.txt', 'mine');
  const theirs = await lab.space().head();
  const to = `${first.outputs['commit']}`.slice(0, 7).toUpperCase();
  const by = (id: number) => ({ env: { ...RUN, GITHUB_RUN_ID: `${id}` } });

  const run = await lab.deploy({ mode: 'rollback', to }, by(200));
  const again = await lab.deploy({ mode: 'rollback', to }, by(201));

  expect([run.errors, run.outputs['result'], await stateOf(lab)]).toEqual([[], 'rolled-back', state]);
  expect(run.warnings).toEqual([
    `Rolled back as well, and kept in the history of the Space: a commit of others, ${theirs.slice(0, 7)} by me.`,
  ]);
  expect(writes(run.requests)).toEqual(['POST /api/spaces/me/app/commit/main']);
  expect((await lab.space().commits()).map(({ id }) => id)).toContain(theirs);
  expect(JSON.parse(`${run.outputs['plan']}`).steps[0].counts).toEqual({ added: 0, changed: 2, deleted: 1 });
  // The same again changes nothing and goes no further back.
  expect([again.errors, again.outputs, writes(again.requests)]).toMatchObject([
    [],
    { result: 'rolled-back', changed: 'false', commit: run.outputs['commit'] },
    [],
  ]);
  expect(again.warnings[0]).toMatch(/^The Space was rolled back to [0-9a-f]{7} already\. To go further back/);
  // A run that began before the rollback must not replace it; one that began after it deploys.
  const late = await lab.deploy({}, by(199));
  const next = await lab.deploy({}, by(202));
  expect(late.errors[0]).toMatch(/^A newer run of this repository has already deployed\./);
  expect([next.errors, next.outputs['result']]).toEqual([[], 'deployed']);
});

test.concurrent.each([
  ['pause', [expect.stringMatching(/^restart it \(it is paused/)]],
  ['sleep', []],
] as const)('a Space that was made to %s runs the restored version', async (verb, restarts) => {
  await using lab = await openLab(dockerApp('1'));
  const { state } = await deployTwo(lab);
  lab.space().runtime[verb]();

  const run = await lab.deploy({ mode: 'rollback' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'rolled-back']);
  expect(await stateOf(lab)).toMatchObject({ files: state.files, variables: state.variables, app: state.app });
  expect(run.log.split('\n').filter((line) => line.startsWith('restart it'))).toEqual(restarts);
});

test.concurrent('a static Space that is private serves the files of the version', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({ visibility: 'private', variables: 'A=1' });
  const before = await lab.space().files();
  lab.workspace.commit(staticSite('two'));
  await lab.deploy({ variables: 'A=2' });

  const run = await lab.deploy({ mode: 'rollback' });

  expect([run.errors, run.warnings, run.outputs['result']]).toEqual([[], [], 'rolled-back']);
  expect([await lab.space().files(), lab.space().variables['A']?.value]).toEqual([before, '1']);
});

test.concurrent('a version that does not run stays, and the run is red: nobody chose another one', async () => {
  await using lab = await openLab(dockerApp('1', CRASHES));
  const broken = await lab.deploy({ visibility: 'public', 'on-failure': 'keep' });
  const to = `${broken.outputs['commit']}`;
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  await lab.deploy();

  const run = await lab.deploy({ mode: 'rollback', to });

  const head = await lab.space().head();
  expect([run.exitCode, run.outputs['result'], run.outputs['rolled-back'], run.outputs['commit']]).toEqual([
    1,
    'failed',
    'false',
    head,
  ]);
  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    expect.stringMatching(/^RUNTIME_ERROR/),
    `The Space stays as it is now: commit ${head.slice(0, 7)}, with the files of ${to.slice(0, 7)}. A rollback that a person asks for is not rolled back itself.`,
  ]);
  expect(run.summary).toMatch(/^## ❌ The restored version did not start/);
});

test.concurrent('after a failure that was rolled back it goes on to the version before that, not to the one that failed', async () => {
  await using lab = await openLab(dockerApp('1'));
  const { state } = await deployTwo(lab);
  lab.workspace.commit({ 'server.js': CRASHES });
  const failed = await lab.deploy({ variables: 'GREETING=never' });
  expect(failed.outputs['result']).toBe('rolled-back');

  const run = await lab.deploy({ mode: 'rollback' });

  expect([run.errors, await stateOf(lab)]).toEqual([[], { ...state, secrets: ['CHANGED', 'KEPT', 'NEW'] }]);
});

test.concurrent('what somebody else set by hand stays, and the environment with it', async () => {
  await using lab = await openLab(dockerApp('1'));
  const { state } = await deployTwo(lab);
  await callHub(lab.hub, '/api/spaces/me/app/variables', { key: 'MINE', value: '1' });
  await callHub(lab.hub, '/api/spaces/me/app/secrets', { key: 'GONE', value: 'a secret now' });

  const run = await lab.deploy({ mode: 'rollback' });
  const other = await lab.deploy({ mode: 'rollback', environment: 'production' });

  const { GONE: _, ...variables } = state.variables;
  expect([run.errors, (await stateOf(lab)).variables]).toEqual([[], { ...variables, MINE: '1' }]);
  expect(run.warnings).toEqual([
    'Not restored, because somebody set a secret of the same name: the variable GONE.',
    'Left as it is, because no deployment is known to have set it: the variable MINE.',
    'Secrets that cannot come back, because their values cannot be read (set again since: CHANGED). Set them again if the restored version needs the old values.',
    'Left as it is, although that version did not have it: the secret NEW.',
  ]);
  expect(other.errors).toEqual([
    expect.stringMatching(
      /^This Space belongs to the environment "staging", and this deployment is for "production"\./,
    ),
  ]);
});

test.concurrent.each([
  ['before anything was written', (lab: Lab) => lab.hub.requests.some(({ path }) => path.includes('/resolve/'))],
  ['between the variables', (lab: Lab) => lab.space().variables['GONE']?.value === '1'],
  ['after the commit', async (lab: Lab) => (await newestTitle(lab)).startsWith('Roll back')],
] as const)('killed %s and started again by hand: it goes to the same version', async (_, isTheMoment) => {
  await using lab = await openLab(dockerApp('1'));
  const { state, first } = await deployTwo(lab);
  const killed = await lab.deploy({ mode: 'rollback' }, { onStart: killedWhen(() => isTheMoment(lab)) });

  const again = await lab.deploy({ mode: 'rollback' });

  expect([killed.exitCode, again.errors, again.outputs['result']]).toEqual([null, [], 'rolled-back']);
  expect(await stateOf(lab)).toEqual({ ...state, secrets: ['CHANGED', 'KEPT', 'NEW'] });
  const [newest, older] = await lab.space().commits();
  expect([newest?.message.includes(`Rolled-Back-To: ${first}`), older?.title.startsWith('Deploy')]).toEqual([
    true,
    true,
  ]);
});

test.concurrent('somebody commits in between: it looks again, and restores the same version over that, too', async () => {
  await using lab = await openLab(dockerApp('1'));
  const { state } = await deployTwo(lab);
  let commits = 0;
  await using gateway = await startGateway(lab.hub.url, async ({ method, path }, forward) => {
    if (method === 'POST' && path.includes('/commit/') && commits++ === 0)
      await commitByHand(lab.hub, 'late.txt', 'mine');
    return forward();
  });

  const run = await lab.deploy({ mode: 'rollback', 'hub-url': gateway.url });

  expect([commits, run.log.includes('Somebody else committed in the meantime; looking again.')]).toEqual([2, true]);
  expect([run.errors, run.outputs['result'], (await stateOf(lab)).files]).toEqual([[], 'rolled-back', state.files]);
});

test.concurrent('a README that the Hub no longer takes is refused before anything is written', async () => {
  await using lab = await openLab(dockerApp('1'));
  await deployTwo(lab);
  lab.workspace.commit({ 'README.md': '---\ntitle: Probe\nsdk: docker\napp_port: 7860\nemoji: 🚀\n---\n' });
  await lab.deploy();
  lab.hub.fault({
    route: 'POST /api/validate-yaml',
    then: {
      status: 400,
      body: JSON.stringify({ errors: [{ message: '"sdk" must be one of static, docker' }], warnings: [] }),
    },
  });

  const run = await lab.deploy({ mode: 'rollback' });

  expect([run.errors, writes(run.requests)]).toEqual([
    [expect.stringMatching(/^The Hub does not accept it: "sdk" must be one of static, docker\n/)],
    [],
  ]);
});

test.concurrent('what cannot be restored is refused before anything is written', async () => {
  await using lab = await openLab(dockerApp('1'));
  const missing = await lab.deploy({ mode: 'rollback' });
  const first = await lab.deploy({ visibility: 'public' });
  const alone = await lab.deploy({ mode: 'rollback' });
  const head = `${first.outputs['commit']}`;
  const same = await lab.deploy({ mode: 'rollback', to: head.slice(0, 7) });
  const [, initial] = await lab.space().commits();
  const notOurs = await lab.deploy({ mode: 'rollback', to: `${initial?.id}` });
  const unknown = await lab.deploy({ mode: 'rollback', to: 'f'.repeat(40) });
  const wrong = await lab.deploy({ to: 'abc', factory: 'true' });

  const runs = [missing, alone, same, notOurs, unknown, wrong];
  expect(runs.map(({ errors }) => errors.map((error) => error.split('\n')[0]))).toEqual([
    ['There is no Space me/app that this token can see.'],
    ['There is no version to go back to: the Space has one deployment only.'],
    [`${head.slice(0, 7)} is the newest commit: the Space has this version already.`],
    [`${initial?.id} is no version: that commit was not made by a deployment.`],
    [`The history of the Space has no commit ${'f'.repeat(40)}.`],
    ['"abc" is too short for a commit.', '`factory` has a meaning with `mode: restart` only.'],
  ]);
  expect(missing.errors[0]?.split('\n').slice(1)).toEqual([
    'Where: Space me/app',
    'Cause: It was never deployed, or it is private and the token belongs to another account.',
    'Fix: Check the name and the token.',
  ]);
  expect(runs.flatMap(({ requests }) => writes(requests))).toEqual([]);
});

test.concurrent('settings that changed without a commit belong to the version that they were changed for', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'public', variables: 'GREETING=one' });
  const changed = await lab.deploy({ variables: 'GREETING=two\nMORE=1' });
  const state = await stateOf(lab);
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  await lab.deploy({ variables: 'GREETING=three\nMORE=2' });
  const last = await lab.deploy({ variables: 'GREETING=four\nLATE=1' });

  const run = await lab.deploy({ mode: 'rollback' });

  expect([changed.outputs['changed'], last.outputs['changed'], run.errors, run.warnings]).toEqual([
    'true',
    'true',
    [],
    [],
  ]);
  expect(await stateOf(lab)).toEqual(state);
});
