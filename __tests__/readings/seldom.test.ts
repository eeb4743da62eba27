// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from '@jest/globals';
import { dockerApp, healthyServer, staticSite } from '../scenarios/support/apps.ts';
import { callHub } from '../scenarios/support/other-client.ts';
import { announce, CASES } from './support/cases.ts';
import { tell } from './support/story.ts';

announce('what is seldom: outages, dev mode, other hardware, another name');

const SPACE = '/api/spaces/:owner/:name';

test.concurrent.each(CASES)('outages while it is deployed, refusals, and dev mode: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    await step('first deployment', lab.deploy(dockerApp('1'), { visibility: 'public' }), 'deployed, serves 1 staging');
    const two = { ...dockerApp('1'), 'server.js': healthyServer('2') };
    lab.hub.fault({ route: `GET ${SPACE}/runtime`, on: [1, 3], then: { status: 503 } });
    lab.hub.fault({ route: `POST ${SPACE}/commit/:rev`, on: 1, then: { status: 429 } });
    await step('outages', lab.deploy(two), 'deployed, serves 2 staging');

    const refused = await lab.deploy(dockerApp('3'), { token: 'hf_me_read' });
    check('a token that may only read', [refused.result, refused.failed], ['failed', true]);
    const saysWhere = refused.errors.every((text) => /answered 403, request \S+[\s\S]*\nFix: ./.test(text));
    check('says what the Hub said', saysWhere || refused.errors, true);

    await callHub(lab.hub, '/api/spaces/me/app/dev-mode', { enabled: true });
    await step('dev mode', lab.deploy(dockerApp('3')), 'deployed, serves 3 staging');
    check('dev mode has ended', lab.space().runtime.answer().devMode, false);
  }),
);

test.concurrent.each(CASES)('a volume, and large files of which old ones are deleted: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    const app = (version: string) => ({
      ...dockerApp(version),
      'model.bin': `\0${version.repeat(200_000 + Number(version))}`,
    });
    const volumes = 'hf://buckets/me/data:/data';
    await callHub(lab.hub, '/api/buckets/me/data');
    const first = await step('by parts', lab.deploy(app('1'), { visibility: 'public' }), 'deployed, serves 1 staging');
    const completions = first.writes.filter((write) => write.includes('complete_multipart'));
    check('the parts are put together once', completions.length, readings.U20 === 'b' ? 0 : 1);
    const failing = { ...app('1'), 'server.js': 'process.exit(1)' };
    const failed = await step('mounted', lab.deploy(failing, { volumes }), 'rolled-back, red, serves 1 staging');
    const onVolumes = failed.writes.filter((write) => write.endsWith('/volumes'));
    check('and unmounted', onVolumes, ['PUT /api/spaces/me/app/volumes', 'DELETE /api/spaces/me/app/volumes']);
    await step('mounted again', lab.deploy(app('2'), { volumes }), 'deployed, serves 2 staging');
    await step('another one', lab.deploy(app('3'), { volumes }), 'deployed, serves 3 staging');
    const prune = { 'prune-large-files': 'true', volumes };
    const pruned = await step('old ones are deleted', lab.deploy(app('4'), prune), 'deployed, serves 4 staging');
    check('in one call', pruned.writes.filter((write) => write.endsWith('/lfs-files/batch')).length, 1);
  }),
);

/** An app that starts only when it reaches its database. */
const withDatabase = (port: number) => `require('node:net').connect(${port}, '127.0.0.1', () => {
${healthyServer('2')}
});`;

test.concurrent.each(CASES)('an app with a database on a port of its own: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    const database = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(database, 'listening');
    const { port } = database.address() as { readonly port: number };
    await step('without it', lab.deploy(dockerApp('1'), { visibility: 'public' }), 'deployed, serves 1 staging');
    const isReached = (readings.U21 ?? 'c') === 'c';
    const ends = isReached ? 'deployed, serves 2 staging' : 'rolled-back, red, serves 1 staging';
    const run = await step('with it', lab.deploy({ ...dockerApp('1'), 'server.js': withDatabase(port) }), ends);
    const causes = run.errors.flatMap((text) => /^Cause: (.*)$/m.exec(text)?.[1] ?? []);
    const cause =
      'The app connects to a server that a Space cannot reach: it has no IPv6, and reaches only some ports.';
    check('the cause', causes, isReached ? [] : [cause]);
    database.close();
  }),
);

test.concurrent.each(CASES)('a Space on ZeroGPU: $name', ({ readings }) =>
  tell(readings, async ({ lab, check }) => {
    const space = { type: 'space', organization: 'me', name: 'app', sdk: 'gradio', hardware: 'zerogpu' };
    await callHub(lab.hub, '/api/repos/create', space);
    const files = { 'README.md': '---\ntitle: Demo\nsdk: gradio\napp_file: app.py\n---\n', 'app.py': 'print(1)\n' };
    const inputs = { hardware: 'zero-a10g', mode: 'plan', adopt: 'true' };
    const run = await lab.deploy(files, inputs);
    const changes = run.heard.filter((line) => /^say set the hardware|hardware to/.test(line));
    check('no other hardware is asked for', [run.result, run.failed, changes], ['planned', false, []]);
  }),
);

test.concurrent.each(CASES)('a Space that was renamed: $name', ({ readings }) =>
  tell(
    readings,
    async ({ lab, step, check }) => {
      await lab.deploy(staticSite('one'), { visibility: 'public' });
      await callHub(lab.hub, '/api/repos/move', { fromRepo: 'me/app', toRepo: 'me/other', type: 'space' });
      const isFollowed = readings.U19 !== 'b';
      const served = isFollowed ? 'two' : 'one';
      await step(
        'the former name',
        lab.deploy(staticSite('two'), { visibility: 'public' }),
        `deployed, serves ${served}`,
      );
      check('another Space', lab.hub.space('me/app') === undefined, isFollowed);
      const named = { space: 'me/other' };
      await step('its own name', lab.deploy(staticSite('three'), named), 'deployed, serves three');
      const removed = await lab.deploy(staticSite('two'), { mode: 'remove', ...named });
      check('removal', [removed.result, lab.hub.space('me/other')?.id], ['removed', undefined]);
    },
    'me/other',
  ),
);
