import { afterEach, expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

test('an unchanged deployment of 5,000 files takes seven requests at once and writes nothing', async () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`data/${i % 50}/${i}.txt`, `file ${i}\n`]));
  lab = await openLab({ ...dockerApp('1'), ...many });
  const first = await lab.deploy({ secrets: 'API_KEY=s3cret-value' });
  expect(first.errors).toEqual([]);
  const head = await lab.space().head();
  const { counts } = lab.space().runtime;
  const before = { ...counts };

  const again = await lab.deploy({ secrets: 'API_KEY=s3cret-value' });

  expect(again.errors).toEqual([]);
  expect([...again.requests].sort()).toEqual([
    'GET /api/spaces/me/app/commits/main?limit=2',
    'GET /api/spaces/me/app/host',
    'GET /api/spaces/me/app/runtime',
    'GET /api/spaces/me/app/secrets',
    'GET /api/spaces/me/app/variables',
    'GET /api/spaces/me/app?expand=sha&expand=sdk&expand=private&expand=cardData',
    'POST /api/validate-yaml',
  ]);
  expect(again.outputs).toEqual({
    ...first.outputs,
    result: 'unchanged',
    changed: 'false',
    created: 'false',
    commit: head,
    'previous-commit': head,
    plan: JSON.stringify({
      steps: [],
      unchangedFiles: 5_003,
      unmanaged: { variables: [], secrets: [] },
      card: [],
      restarts: [],
      warnings: [],
    }),
  });
  expect(await lab.space().head()).toBe(head);
  expect({ ...lab.space().runtime.counts }).toEqual(before);
});

test('one changed file of many uploads that file, and a deleted one is deleted', async () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`data/${i}.txt`, `file ${i}\n`]));
  lab = await openLab({ ...dockerApp('1'), ...many });
  await lab.deploy();
  lab.workspace.commit({ 'data/7.txt': 'changed\n', 'data/8.txt': null });

  const run = await lab.deploy();

  expect(run.errors).toEqual([]);
  expect(JSON.parse(run.outputs['plan'] ?? '').steps).toEqual([
    expect.objectContaining({
      kind: 'commit',
      added: [],
      changed: [{ path: 'data/7.txt', size: 8, was: 7 }],
      deleted: [{ path: 'data/8.txt', size: 7 }],
    }),
  ]);
  expect(writes(run.requests)).toEqual(['POST /api/spaces/me/app/commit/main']);
  const sent = lab.hub.requests.find(
    ({ path, body }) => path.endsWith('/commit/main') && body?.includes('data/7.txt') && !body.includes('data/9.txt'),
  );
  expect(
    sent?.body
      ?.trim()
      .split('\n')
      .map((line) => JSON.parse(line).key),
  ).toEqual(['header', 'deletedFile', 'file']);
  const files = await lab.space().files();
  expect(Object.keys(files)).toHaveLength(303);
  expect(String(await lab.space().read('data/7.txt'))).toBe('changed\n');
  expect(run.outputs).toMatchObject({
    result: 'deployed',
    changed: 'true',
    'previous-commit': expect.not.stringMatching(run.outputs['commit'] ?? ''),
  });
});

test('what is protected stays, and so do the LFS rules of the Hub', async () => {
  lab = await openLab({ ...dockerApp('1'), 'kept/state.json': '{}', 'gone.txt': 'x' });
  await lab.deploy();
  lab.workspace.commit({ 'kept/state.json': null, 'gone.txt': null, '.gitattributes': '* text=auto\n' });

  const run = await lab.deploy({ protect: 'kept/**' });

  expect(run.errors).toEqual([]);
  expect(Object.keys(await lab.space().files()).sort()).toEqual([
    '.gitattributes',
    'Dockerfile',
    'README.md',
    'kept/state.json',
    'server.js',
  ]);
  expect(String(await lab.space().read('.gitattributes'))).toMatch(/filter=lfs/);
  expect(run.warnings).toEqual([".gitattributes stays the Space's own: the Hub keeps its LFS rules in it."]);
});

test('a file changed by hand on the Space is restored', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy();
  const before = await lab.space().read('server.js');
  await fetch(`${lab.hub.url}/api/spaces/me/app/commit/main`, {
    method: 'POST',
    headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/x-ndjson' },
    body: `${JSON.stringify({ key: 'header', value: { summary: 'By hand' } })}\n${JSON.stringify({ key: 'file', value: { path: 'server.js', content: 'broken' } })}\n`,
  });

  const run = await lab.deploy();

  expect(run.errors).toEqual([]);
  expect(await lab.space().read('server.js')).toEqual(before);
});
