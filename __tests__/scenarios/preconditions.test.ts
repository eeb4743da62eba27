import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, healthyServer, scriptedServer } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { callHub } from './support/other-client.ts';

let lab: Lab;
afterEach(() => lab.close());

const STAGING = { space: 'me/app-staging', environment: 'staging', card: 'title: Staging' };
const PRODUCTION = { space: 'me/app', environment: 'production', card: 'title: App' };
const promoted = { ...PRODUCTION, 'promoted-from': 'me/app-staging' };

test('only what runs in staging is deployed to production', async () => {
  lab = await openLab(dockerApp('1'));
  expect((await lab.deploy(promoted)).errors.map((error) => error.split('\n'))).toEqual([
    [
      'There is no Space me/app-staging that this token can see.',
      'Where: input `promoted-from`, Space me/app-staging',
      'Cause: It was never deployed, or it is private and the token belongs to another account.',
      'Fix: Deploy this source there first, or check the name and the token.',
    ],
  ]);
  await lab.deploy(STAGING);
  const first = await lab.deploy(promoted);
  expect([first.errors, first.outputs['result']]).toEqual([[], 'deployed']);
  lab.workspace.commit({ 'server.js': healthyServer('2'), 'new.txt': 'new' });

  const refused = await lab.deploy(promoted);

  expect(writes(refused.requests)).toEqual([]);
  expect(refused.outputs).toMatchObject({ result: 'failed', changed: 'false' });
  expect(refused.errors).toEqual([
    expect.stringMatching(
      /^The source that runs in me\/app-staging differs from this one: [0-9a-f]{12} there, [0-9a-f]{12} here\.\nWhere: input `promoted-from`, Space me\/app-staging\nCause: Only a source that runs there and is healthy may be deployed to production\.\nFix: Deploy this source there first, and wait until it is healthy\.$/,
    ),
  ]);
  expect(refused.log).toMatch(
    /^Source-Digest there: [0-9a-f]{64}, of commit [0-9a-f]{7}\nSource-Digest here: {2}[0-9a-f]{64}, of commit [0-9a-f]{7}\nFiles that run there, compared .*:\n {2}only here: new\.txt\n {2}changed: server\.js\n::/m,
  );

  await lab.deploy(STAGING);
  expect((await lab.deploy(promoted)).outputs['result']).toBe('deployed');
});

test('a staging that is not healthy promotes nothing', async () => {
  lab = await openLab(dockerApp('1', scriptedServer('(asked) => asked > 3 ? [500, {}] : [200, {}]')));
  await lab.deploy(STAGING);

  const refused = await lab.deploy(promoted);

  expect(writes(refused.requests)).toEqual([]);
  expect(refused.errors.join()).toMatch(/^me\/app-staging runs this source, but is not healthy: it answers 500\./);
});

test('a private staging gets the token; after a rollback, staging promotes the version that runs again', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ ...STAGING, visibility: 'private' });
  lab.workspace.commit({ 'server.js': "throw new Error('no');" });
  expect((await lab.deploy(STAGING)).outputs['result']).toBe('rolled-back');

  const failed = await lab.deploy(promoted);
  lab.workspace.commit({ 'server.js': healthyServer('1') });
  const before = await lab.deploy(promoted);

  expect(failed.errors).toEqual([expect.stringMatching(/^The source that runs in me\/app-staging differs/)]);
  expect([before.errors, before.outputs['result']]).toEqual([[], 'deployed']);
});

test('a staging that its owner paused promotes nothing, and the error says what to do', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy(STAGING);
  lab.space('me/app-staging').runtime.pause();

  const refused = await lab.deploy(promoted);

  expect(writes(refused.requests)).toEqual([]);
  expect(refused.errors[0]?.split('\n')).toEqual([
    'me/app-staging does not run: it is in PAUSED.',
    'Where: input `promoted-from`, Space me/app-staging',
    'Cause: Its owner has paused it.',
    'Fix: Restart it in its settings, then run this again.',
  ]);
});

test('while staging still builds the new version, only the one that runs may be promoted', async () => {
  lab = await openLab(dockerApp('1'));
  const first = await lab.deploy(STAGING);
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  await lab.deploy(STAGING);
  lab.space('me/app-staging').runtime.pretend({ stage: 'RUNNING_BUILDING', sha: first.outputs['commit'] ?? '' });

  const [refused] = (await lab.deploy(promoted)).errors;
  lab.workspace.commit({ 'server.js': healthyServer('1') });
  const old = await lab.deploy({ ...promoted, mode: 'plan' });

  expect(refused?.split('\n').slice(2)).toEqual([
    'Cause: This source was committed there, but does not run yet.',
    'Fix: Wait until it runs there and is healthy, then run this again.',
  ]);
  expect([old.errors, old.warnings, old.outputs['result']]).toEqual([[], [], 'planned']);
});

test('a plan warns that a deployment would be refused, and does not fail', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy(STAGING);
  lab.workspace.commit({ 'new.txt': 'new' });

  const plan = await lab.deploy({ ...promoted, mode: 'plan' });

  expect([plan.exitCode, plan.outputs['result']]).toEqual([0, 'planned']);
  expect(plan.warnings).toEqual([
    expect.stringMatching(
      /^As things are, it would be refused: The source that runs in me\/app-staging differs from this one:/,
    ),
  ]);
  expect(plan.log).toMatch(/^ {2}only here: new\.txt$/m);
});

test('a Space is not compared with itself', async () => {
  lab = await openLab(dockerApp('1'));
  const run = await lab.deploy({ ...PRODUCTION, 'promoted-from': 'me/app', 'isolated-from': 'ME/App' });
  expect([run.requests, run.errors.map((error) => error.split('\n').slice(0, 2))]).toEqual([
    [],
    [
      ['me/app is the Space that is deployed to.', 'Where: input `promoted-from`'],
      ['me/app is the Space that is deployed to.', 'Where: input `isolated-from`'],
    ],
  ]);
});

test('one database for two environments is refused, however it is written', async () => {
  lab = await openLab(dockerApp('1'));
  const url = 'postgresql://me:p4ssw0rd@db.example.org/first';
  const first = await lab.deploy({ ...STAGING, 'database-url': url, 'isolated-from': 'me/app' });
  expect([first.errors, first.warnings]).toEqual([[], []]);
  await lab.deploy({ ...STAGING, 'database-url': 'postgresql://me:p4ssw0rd@DB.example.org:5432/app?a=1&b=2' });
  const isolated = { ...PRODUCTION, 'isolated-from': 'me/app-staging' };

  const same = await lab.deploy({ ...isolated, 'database-url': 'postgres://me:p4ssw0rd@db.example.org/app?b=2&a=1' });
  const none = await lab.deploy(isolated);
  const another = await lab.deploy({
    ...isolated,
    'database-url': 'postgresql://me:p4ssw0rd@db.example.org/production',
  });

  expect(writes(same.requests)).toEqual([]);
  expect(same.errors).toEqual([
    [
      'This is the database of me/app-staging, which `isolated-from` rules out.',
      'Where: input `database-url`',
      'Cause: Both connection strings lead to the same database, however they are written.',
      'Fix: Give production a database of its own; is the right secret passed as `database-url`?',
    ].join('\n'),
  ]);
  expect(none.warnings).toEqual([
    'Whether me/app-staging has another database is not known: no `database-url` was given here.',
  ]);
  expect([another.errors, another.warnings]).toEqual([[], []]);
});

test('an unknown database gives a warning, and a file cannot be shared', async () => {
  lab = await openLab(dockerApp('1'));
  const url = 'postgresql://me:p4ssw0rd@db.example.org/app';
  const unknown = 'Whether me/app-staging has another database is not known: ';
  const isolated = { ...PRODUCTION, 'isolated-from': 'me/app-staging', mode: 'plan' };
  await lab.deploy({ ...STAGING, 'database-url': url });

  const otherUser = await lab.deploy({ ...isolated, 'database-url': 'host=DB.example.org. user=you dbname=app' });
  const otherForm = await lab.deploy({ ...isolated, 'database-url': 'leads-of-production' });
  const file = await lab.deploy({ ...isolated, 'database-url': 'sqlite:///data/leads.db' });
  await callHub(lab.hub, '/api/spaces/me/app-staging/secrets', { key: 'DATABASE_URL', value: url });
  const byHand = await lab.deploy({ ...isolated, 'database-url': url });

  expect([otherUser, otherForm, file, byHand].map(({ errors, warnings }) => [errors, warnings])).toEqual([
    [[], [`${unknown}it is on the same server under the same name, with another user.`]],
    [[], [`${unknown}one of the two DATABASE_URL is written in a form that Spaceport cannot read.`]],
    [[], []],
    [[], [`${unknown}its DATABASE_URL was not set by Spaceport, so it has no fingerprint.`]],
  ]);
});

test('a DATABASE_URL that is a public variable there is compared too', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ ...STAGING, variables: 'DATABASE_URL=postgresql://db.example.org/app?user=me' });

  const run = await lab.deploy({
    ...PRODUCTION,
    'isolated-from': 'me/app-staging',
    'database-url': 'postgres://me:p4ssw0rd@db.example.org:5432/app',
  });

  expect(writes(run.requests)).toEqual([]);
  expect(run.errors).toEqual([expect.stringMatching(/^This is the database of me\/app-staging/)]);
});
