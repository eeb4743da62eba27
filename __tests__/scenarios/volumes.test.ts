import { expect, test } from '@jest/globals';
import type { Hub } from '../../emulator/api.ts';
import { staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { callHub } from './support/other-client.ts';
import { CRASHES } from './support/rollback-stories.ts';

/** Counts its starts in a file of the volume, and says how many there were. */
const COUNTER = `
const { appendFileSync, readFileSync } = require('node:fs');
const file = process.env.COUNTS;
let count = 'no volume';
try { appendFileSync(file, 'x'); count = readFileSync(file, 'utf8').length; } catch {}
require('node:http').createServer((_, response) => response.end(JSON.stringify({ count }))).listen(process.env.PORT || 7860);
`;
const app = (version: string) => ({
  'README.md': '---\ntitle: Counter\nsdk: docker\n---\n',
  Dockerfile: `FROM node:24-slim\nENV COUNTS=/data/counts VERSION=${version}\nCOPY server.js /app/\nCMD ["node", "/app/server.js"]\n`,
  'server.js': COUNTER,
});
const DATA = 'hf://buckets/me/counts:/data';

const counted = async (lab: Lab) =>
  ((await (await fetch(lab.space().runtime.appUrl)).json()) as { count: unknown }).count;
const mounted = async ({ url }: Hub) => {
  const headers = { authorization: 'Bearer hf_me_write' };
  const info = await fetch(`${url}/api/spaces/me/app?expand=runtime`, { headers });
  return ((await info.json()) as { runtime: { volumes?: unknown } }).runtime.volumes;
};
const bucket = (source: string, mountPath: string, readOnly = false) => ({
  type: 'bucket',
  source,
  mountPath,
  readOnly,
});

test.concurrent('a bucket is mounted when the Space is created, and outlives restarts and builds', async () => {
  await using lab = await openLab(app('1'));
  await callHub(lab.hub, '/api/buckets/me/counts', { private: true });

  const first = await lab.deploy({ volumes: DATA, visibility: 'public' });
  const afterFirst = await counted(lab);
  lab.workspace.commit(app('2'));
  const second = await lab.deploy({ volumes: DATA });
  const afterSecond = await counted(lab);
  const same = await lab.deploy({ volumes: `${DATA}:rw` });

  expect([first.errors, first.outputs['result'], writes(first.requests)]).toEqual([
    [],
    'deployed',
    ['POST /api/repos/create', 'POST /api/spaces/me/app/commit/main'],
  ]);
  expect(first.log).toContain(`mount ${DATA}, instead of nothing (the input says so)`);
  expect([afterFirst, second.outputs['result'], afterSecond]).toEqual([1, 'deployed', 2]);
  expect([same.outputs['result'], writes(same.requests)]).toEqual(['unchanged', []]);
  expect(await mounted(lab.hub)).toEqual([bucket('me/counts', '/data')]);
});

test.concurrent('only what the input names is mounted, and without the input nothing changes', async () => {
  await using lab = await openLab(app('1'));
  await lab.deploy({ visibility: 'public' });
  await callHub(lab.hub, '/api/buckets/me/counts');
  await callHub(lab.hub, '/api/buckets/me/other');

  const none = await counted(lab);
  const one = await lab.deploy({ volumes: DATA });
  const two = await lab.deploy({ volumes: `hf://buckets/me/other/sub:/other:ro\nhf://datasets/me/leads@v1:/leads/` });
  const unsaid = await lab.deploy();

  expect(none).toBe('no volume');
  expect(
    [one, two, unsaid].map(({ errors, outputs, requests }) => [errors, outputs['result'], writes(requests)]),
  ).toEqual([
    [[], 'deployed', ['PUT /api/spaces/me/app/volumes']],
    [[], 'deployed', ['PUT /api/spaces/me/app/volumes']],
    [[], 'unchanged', []],
  ]);
  expect(two.summary).toContain(
    '- volumes: <code>hf&#58;//buckets/me/counts:/data</code> → <code>hf&#58;//buckets/me/other/sub:/other:ro</code>, <code>hf&#58;//datasets/me/leads&#64;v1:/leads</code>',
  );
  expect(await mounted(lab.hub)).toEqual([
    { ...bucket('me/other', '/other', true), path: 'sub' },
    { type: 'dataset', source: 'me/leads', mountPath: '/leads', revision: 'v1', readOnly: true },
  ]);
});

test.concurrent('a rollback also restores what was mounted before the version that failed', async () => {
  await using lab = await openLab(app('1'));
  await callHub(lab.hub, '/api/buckets/me/counts');
  await callHub(lab.hub, '/api/buckets/me/other');
  await lab.deploy({ volumes: DATA, visibility: 'public' });
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy({ volumes: 'hf://buckets/me/other:/data' });

  expect([run.exitCode, run.outputs['result']]).toEqual([1, 'rolled-back']);
  expect(await mounted(lab.hub)).toEqual([bucket('me/counts', '/data')]);
});

test.concurrent('where nothing was mounted before, a rollback leaves nothing mounted, also when the answer gets lost', async () => {
  await using lab = await openLab(app('1'));
  await callHub(lab.hub, '/api/buckets/me/counts');
  await lab.deploy({ visibility: 'public' });
  lab.workspace.commit({ 'server.js': CRASHES });
  // biome-ignore lint/suspicious/noThenProperty: faults say what happens `then`
  lab.hub.fault({ route: 'DELETE /api/spaces/:owner/:name/volumes', on: 1, then: { reset: 'after' } });

  const run = await lab.deploy({ volumes: DATA });

  expect([run.exitCode, run.outputs['result'], run.errors[1]?.split('\n')[0]]).toEqual([
    1,
    'rolled-back',
    expect.stringMatching(
      /^The Space was rolled back: commit \w+, which has the files of \w+, runs and is healthy; \w+ is not\.$/,
    ),
  ]);
  expect(await mounted(lab.hub)).toBeUndefined();
});

test.concurrent('a bucket that the token cannot see is refused before anything is written', async () => {
  await using lab = await openLab(app('1'), {
    seed: {
      users: [
        { name: 'me', plan: 'pro' },
        { name: 'eve', plan: 'pro' },
      ],
      tokens: [
        { token: 'hf_me_write', user: 'me', role: 'write' },
        { token: 'hf_eve_write', user: 'eve', role: 'write' },
      ],
    },
  });
  await fetch(`${lab.hub.url}/api/buckets/eve/hers`, {
    method: 'POST',
    headers: { authorization: 'Bearer hf_eve_write', 'content-type': 'application/json' },
    body: '{"private":true}',
  });

  const run = await lab.deploy({ volumes: 'hf://buckets/eve/hers:/hers\nhf://buckets/me/nowhere:/data' });

  expect(run.exitCode).toBe(1);
  expect(run.errors.join('\n')).toMatch(/There is no bucket eve\/hers that this token can see\./);
  expect(run.errors.join('\n')).toMatch(
    /There is no bucket me\/nowhere [\s\S]*Fix: Create it with `hf buckets create me\/nowhere`/,
  );
  expect(writes(run.requests)).toEqual([]);
});

test.concurrent('a volume whose source the Hub masks is neither compared nor taken away', async () => {
  await using lab = await openLab(app('1'), {
    seed: {
      users: [{ name: 'me', plan: 'pro' }],
      tokens: [
        { token: 'hf_me_write', user: 'me', role: 'write' },
        { token: 'hf_app_only', user: 'me', role: 'fineGrained', repo: 'me/app' },
      ],
    },
  });
  await callHub(lab.hub, '/api/buckets/me/counts', { private: true });
  await callHub(lab.hub, '/api/buckets/me/other');
  await lab.deploy({ volumes: DATA, visibility: 'public' });
  const env = { HF_TOKEN: 'hf_app_only' };

  const planned = await lab.deploy({ volumes: 'hf://buckets/me/other:/other', mode: 'plan' }, { env });
  const deployed = await lab.deploy({ volumes: 'hf://buckets/me/other:/other' }, { env });
  const unsaid = await lab.deploy({}, { env });

  const refusal = [
    'The Hub hides from this token where "/data" comes from: it cannot be compared with `volumes`, which would take it away.',
    'Where: Space me/app; input `volumes`',
    'Cause: `volumes` replaces all that is mounted, and what is not known could not be mounted again.',
    'Fix: Use a token with access to its source, or leave `volumes` out and mount by hand.',
  ].join('\n');
  expect([planned.errors, deployed.errors, unsaid.errors]).toEqual([[refusal], [refusal], []]);
  expect([planned, deployed, unsaid].map(({ requests }) => writes(requests))).toEqual([[], [], []]);
  expect(lab.space().volumes).toEqual([{ source: 'me/counts', mountPath: '/data' }]);
});

test.concurrent('a static Space takes no volumes', async () => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({ volumes: DATA });

  expect(run.errors.join('\n')).toMatch(/A static Space runs no app that could use volumes\.\nWhere: input `volumes`/);
  expect(writes(run.requests)).toEqual([]);
});

test.concurrent('the main branch is the same, named or not: once it is mounted, nothing changes', async () => {
  await using lab = await openLab(app('1'));
  const volumes = 'hf://datasets/me/leads@main:/leads';
  await lab.deploy({ volumes, visibility: 'public' });

  const again = await lab.deploy({ volumes });

  expect([again.errors, again.outputs['result'], writes(again.requests)]).toEqual([[], 'unchanged', []]);
});

test.concurrent('a branch with a slash is written as `hf` writes it, and mounted under its name', async () => {
  await using lab = await openLab(app('1'));
  const volumes = 'hf://datasets/me/leads@feature%2Fone/train:/leads';
  const first = await lab.deploy({ volumes, visibility: 'public' });

  const again = await lab.deploy({ volumes });

  expect([first.errors, again.errors, again.outputs['result'], writes(again.requests)]).toEqual([
    [],
    [],
    'unchanged',
    [],
  ]);
  expect(first.log).toContain(`mount ${volumes}, instead of nothing`);
  expect(await mounted(lab.hub)).toEqual([
    {
      type: 'dataset',
      source: 'me/leads',
      mountPath: '/leads',
      revision: 'feature/one',
      path: 'train',
      readOnly: true,
    },
  ]);
});

test.concurrent.each(['b', 'c'] as const)(
  'under U23%s, volumes and a file in parts are sent once, and old large files are deleted once',
  async (U23) => {
    const lfs = { multipartAboveBytes: 10_000, partBytes: 8_000 };
    await using lab = await openLab(app('1'), { readings: { U23 }, lfs });
    await callHub(lab.hub, '/api/buckets/me/counts');
    for (const version of [1, 2, 3]) {
      lab.workspace.commit({ 'model.bin': Buffer.alloc(10_000 + version, version) });
      await lab.deploy({ visibility: 'public' });
    }
    lab.workspace.commit({ 'server.js': CRASHES, 'model.bin': Buffer.alloc(10_004, 4) });

    const run = await lab.deploy({ volumes: DATA, 'prune-large-files': 'true' });

    expect(run.outputs['result']).toBe('rolled-back');
    const changes = writes(run.requests).filter((request) => /volumes|lfs-files|complete_multipart/.test(request));
    expect(changes.map((request) => request.replace(/(multipart).*/, '$1'))).toEqual([
      'PUT /api/spaces/me/app/volumes',
      'POST /api/spaces/me/app/lfs-files/batch',
      'POST /api/complete_multipart',
      'DELETE /api/spaces/me/app/volumes',
    ]);
  },
);
