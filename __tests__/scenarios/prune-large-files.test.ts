import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { callHub, proposeByHand } from './support/other-client.ts';
import { CRASHES } from './support/rollback-stories.ts';
import { startGateway } from './support/server.ts';

/** A model that differs from version to version, also in its size. */
const model = (version: number) => Buffer.alloc(10_000 + version, version);
const PRUNE = { 'prune-large-files': 'true' };
const DELETES = 'POST /api/spaces/me/app/lfs-files/batch';

test.concurrent('a Space that is full of old models takes a new one when old ones may be deleted', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'model.bin': model(1) }, { lfs: { repositoryBytes: 35_000 } });
  await lab.deploy();
  for (const version of [2, 3]) {
    lab.workspace.commit({ 'model.bin': model(version) });
    expect((await lab.deploy()).errors).toEqual([]);
  }
  lab.workspace.commit({ 'model.bin': model(4) });

  const full = await lab.deploy();
  const planned = await lab.deploy({ ...PRUNE, mode: 'plan' });
  const pruned = await lab.deploy(PRUNE);

  expect(full.errors.join('\n')).toMatch(/Repository storage limit reached[\s\S]*Fix: Set `prune-large-files: true`/);
  expect(planned.log).toMatch(
    /^delete 1 old large file for good, 10 kB \(none of the versions that are kept has them\)$/m,
  );
  expect(writes(planned.requests)).toEqual([]);
  expect([pruned.errors, pruned.outputs['result']]).toEqual([[], 'deployed']);
  expect(writes(pruned.requests)).toEqual(expect.arrayContaining([DELETES, 'POST /api/spaces/me/app/commit/main']));
  expect(await lab.space().read('model.bin')).toEqual(model(4));
});

test.concurrent('a rollback still finds the model of the previous version', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'model.bin': model(1) });
  await lab.deploy();
  for (const version of [2, 3]) {
    lab.workspace.commit({ 'model.bin': model(version) });
    await lab.deploy();
  }
  lab.workspace.commit({ 'model.bin': model(4), 'server.js': CRASHES });

  const run = await lab.deploy(PRUNE);

  expect([writes(run.requests).includes(DELETES), run.outputs['result']]).toEqual([true, 'rolled-back']);
  expect(await lab.space().read('model.bin')).toEqual(model(3));
});

test.concurrent('an old model that comes back is not deleted before it is needed; without old ones nothing is', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'model.bin': model(1) });
  const first = await lab.deploy(PRUNE);
  for (const version of [2, 3]) {
    lab.workspace.commit({ 'model.bin': model(version) });
    await lab.deploy();
  }
  lab.workspace.commit({ 'model.bin': model(1) });

  const back = await lab.deploy(PRUNE);
  const unchanged = await lab.deploy(PRUNE);
  const again = await lab.deploy(PRUNE);

  expect([first, back].map(({ requests }) => writes(requests).includes(DELETES))).toEqual([false, false]);
  expect([back.errors, back.outputs['result']]).toEqual([[], 'deployed']);
  expect(await lab.space().read('model.bin')).toEqual(model(1));
  // Two versions are kept: that of before is gone now, and nothing that people see has changed.
  expect([unchanged.outputs['result'], writes(unchanged.requests)]).toEqual(['unchanged', [DELETES]]);
  expect([again.outputs['result'], writes(again.requests)]).toEqual(['unchanged', []]);
});

test.concurrent('a Space with more large files than the Hub lists at once: the old ones of every page are deleted', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'model.bin': model(1) });
  await lab.deploy();
  for (const version of [2, 3, 4]) {
    lab.workspace.commit({ 'model.bin': model(version) });
    await lab.deploy();
  }
  // Stands before the Hub, and has it list one file at a time.
  const { url } = lab.hub;
  await using gateway = await startGateway(url, ({ path, method, headers }, forward) => {
    return path.endsWith('/lfs-files') ? fetch(`${url}${path}?limit=1`, { method, headers }) : forward();
  });

  const planned = await lab.deploy({ ...PRUNE, mode: 'plan', 'hub-url': gateway.url });

  expect(planned.log).toMatch(/^delete 2 old large files for good, 20 kB /m);
});

/** A Space with so many versions, each with a model of its own. */
async function deployVersions(lab: Lab, count: number, after: (version: number) => Promise<unknown>): Promise<void> {
  for (let version = 1; version <= count; version++) {
    lab.workspace.commit({ 'model.bin': model(version) });
    await lab.deploy();
    await after(version);
  }
}

test.concurrent('models that a branch, a tag or a pull request still has are kept, although they came with main', async () => {
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': model(1) });
  const api = '/api/spaces/me/app';
  await deployVersions(lab, 6, async (version) => {
    if (version === 1) await callHub(lab.hub, `${api}/branch/before`);
    if (version === 2) await callHub(lab.hub, `${api}/tag/main`, { tag: 'v2' });
    if (version === 3) await proposeByHand(lab.hub, 'note.txt', 'a note');
  });

  const run = await lab.deploy(PRUNE);

  expect([run.errors, writes(run.requests)]).toEqual([[], [DELETES]]);
  expect(run.log).toMatch(/^delete 1 old large file for good, 10 kB \(none of the versions that are kept has them\)$/m);
  const kept = [
    ['before', 1],
    ['v2', 2],
    ['refs/pr/1', 3],
    ['main', 6],
  ] as const;
  const read = await Promise.all(kept.map(([rev]) => lab.space().read('model.bin', rev)));
  expect(read).toEqual(kept.map(([, version]) => model(version)));
});

test.concurrent('where the Hub does not say which branches there are, nothing is deleted, and a warning says why', async () => {
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': model(1) });
  await deployVersions(lab, 4, async () => undefined);
  // biome-ignore lint/suspicious/noThenProperty: faults say what happens `then`
  lab.hub.fault({ route: 'GET /api/spaces/:owner/:name/refs', then: { status: 403, body: { error: 'Forbidden' } } });

  const run = await lab.deploy(PRUNE);

  expect([run.errors, run.outputs['result'], writes(run.requests)]).toEqual([[], 'unchanged', []]);
  expect(run.warnings).toEqual([
    expect.stringMatching(
      /^No old large file is deleted: what the commits, branches, tags and pull requests of the Space still use could not be read\. The Hub refused to list the branches, tags and pull requests of me\/app: Forbidden \(GET \/api\/spaces\/me\/app\/refs answered 403, request .*\)$/,
    ),
  ]);
});

test.concurrent('a rollback to a version whose model was deleted is refused before anything is written', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'model.bin': model(1) });
  const first = await lab.deploy({ variables: 'GREETING=1' });
  for (const version of [2, 3]) {
    lab.workspace.commit({ 'model.bin': model(version) });
    await lab.deploy({ variables: `GREETING=${version}` });
  }
  lab.workspace.commit({ 'model.bin': model(4) });
  await lab.deploy({ variables: 'GREETING=4', ...PRUNE });
  const to = `${first.outputs['commit']}`.slice(0, 7);

  const refused = await lab.deploy({ mode: 'rollback', to });
  const kept = await lab.deploy({ mode: 'rollback' });

  expect(refused.errors).toEqual([
    [
      `Version ${to} cannot be restored: its large file model.bin is no longer in the store of the Hub. Nothing was changed.`,
      'Where: Space me/app',
      'Cause: Most likely an earlier run deleted what no kept version had, as `prune-large-files` does, or somebody did so under Settings, "Storage".',
      'Fix: Name a later version in `to`, or deploy that commit of the source again, which uploads its files.',
    ].join('\n'),
  ]);
  expect(writes(refused.requests)).toEqual([]);
  expect([kept.errors, kept.outputs['result']]).toEqual([[], 'rolled-back']);
  expect([lab.space().variables['GREETING']?.value, await lab.space().read('model.bin')]).toEqual(['3', model(3)]);
});
