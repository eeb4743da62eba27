import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, healthyServer, scriptedServer } from './support/apps.ts';
import { type StageSet, setStage, writes } from './support/stage-set.ts';

let stage: StageSet;
afterEach(() => stage.close());

const STAGING = { space: 'me/app-staging', environment: 'staging', card: 'title: Staging' };
const PRODUCTION = { space: 'me/app', environment: 'production', card: 'title: App' };
const promoted = { ...PRODUCTION, 'promoted-from': 'me/app-staging' };

test('production gets what staging runs, and nothing else', async () => {
  stage = await setStage(dockerApp('1'));
  expect((await stage.deploy(promoted)).errors).toEqual([expect.stringMatching(/^There is no Space me\/app-staging/)]);
  await stage.deploy(STAGING);
  const first = await stage.deploy(promoted);
  expect([first.errors, first.outputs['result']]).toEqual([[], 'deployed']);
  stage.workspace.commit({ 'server.js': healthyServer('2'), 'new.txt': 'new' });

  const refused = await stage.deploy(promoted);

  expect(writes(refused.requests)).toEqual([]);
  expect(refused.outputs).toMatchObject({ result: 'failed', changed: 'false' });
  expect(refused.errors).toEqual([
    expect.stringMatching(
      /^me\/app-staging runs another source than the one about to go out: [0-9a-f]{12} there, [0-9a-f]{12} here\.\nWhere: input `promoted-from`, Space me\/app-staging\nCause: Only what runs there, healthy, goes to production\.\nCure: Deploy this source there first, and let it become healthy\.$/,
    ),
  ]);
  expect(refused.log).toMatch(/^Files that differ, generated ones among them:\nREADME\.md\nnew\.txt\nserver\.js$/m);

  await stage.deploy(STAGING);
  expect((await stage.deploy(promoted)).outputs['result']).toBe('deployed');
});

test('a staging that is not healthy promotes nothing', async () => {
  stage = await setStage(dockerApp('1', scriptedServer('(asked) => asked > 3 ? [500, {}] : [200, {}]')));
  await stage.deploy(STAGING);

  const refused = await stage.deploy(promoted);

  expect(writes(refused.requests)).toEqual([]);
  expect(refused.errors.join()).toMatch(/^me\/app-staging runs this source, and is not healthy: it answers 500\./);
});

test('one database for two environments is refused, however it is written', async () => {
  stage = await setStage(dockerApp('1'));
  const url = 'postgresql://me:p4ssw0rd@db.example.org/first';
  const first = await stage.deploy({ ...STAGING, 'database-url': url, 'isolated-from': 'me/app' });
  expect([first.errors, first.warnings]).toEqual([[], []]);
  await stage.deploy({ ...STAGING, 'database-url': 'postgresql://me:p4ssw0rd@DB.example.org:5432/app?a=1&b=2' });
  const isolated = { ...PRODUCTION, 'isolated-from': 'me/app-staging' };

  const same = await stage.deploy({ ...isolated, 'database-url': 'postgres://me:p4ssw0rd@db.example.org/app?b=2&a=1' });
  const none = await stage.deploy(isolated);
  const another = await stage.deploy({
    ...isolated,
    'database-url': 'postgresql://me:p4ssw0rd@db.example.org/production',
  });

  expect(writes(same.requests)).toEqual([]);
  expect(same.errors).toEqual([
    [
      'This is the database of me/app-staging, which `isolated-from` rules out.',
      'Where: input `database-url`',
      'Cause: Both connection strings lead to the same database, however they are written.',
      'Cure: Give production a database of its own; is the right secret passed as `database-url`?',
    ].join('\n'),
  ]);
  expect(none.warnings).toEqual([
    'Whether me/app-staging has another database is not known: no `database-url` was given here.',
  ]);
  expect([another.errors, another.warnings]).toEqual([[], []]);
});
