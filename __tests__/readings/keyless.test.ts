import { test } from '@jest/globals';
import { dockerApp, healthyServer, staticSite } from '../scenarios/support/apps.ts';
import { callHub } from '../scenarios/support/other-client.ts';
import { CRASHES } from '../scenarios/support/rollback-stories.ts';
import { announce, CASES } from './support/cases.ts';
import { identityOf, type ReadingsLab } from './support/lab.ts';
import { tell } from './support/story.ts';

announce('jobs without a token');

const two = { ...dockerApp('1'), 'server.js': healthyServer('2') };
const GREETING = { variables: 'GREETING=hello' };

async function forget({ hub }: ReadingsLab, key: string): Promise<void> {
  await fetch(`${hub.url}/api/spaces/me/app/variables`, {
    method: 'DELETE',
    headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  });
}

test.concurrent.each(CASES)('a public docker Space that trusts a repository: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    const mayConfigure = readings.U6 === 'b';
    await step('with a token', lab.deploy(dockerApp('1'), { visibility: 'public' }), 'deployed, serves 1 staging');
    const keyless = await identityOf(lab);
    await step('unchanged', lab.deploy(dockerApp('1'), {}, keyless), 'unchanged, serves 1 staging');
    await step('plan', lab.deploy(two, { mode: 'plan' }, keyless), 'planned, serves 1 staging');
    await step('one file', lab.deploy(two, {}, keyless), 'deployed, serves 2 staging');
    const titled = { ...two, 'README.md': '---\ntitle: Other\nsdk: docker\napp_port: 7860\n---\n' };
    await step('README only', lab.deploy(titled, {}, keyless), 'deployed, serves 2 staging');
    await step('README only, again', lab.deploy(titled, {}, keyless), 'unchanged, serves 2 staging');
    const crashing = { ...titled, 'server.js': CRASHES };
    await step('crash', lab.deploy(crashing, {}, keyless), 'rolled-back, red, serves 2 staging');

    const asked = await step(
      'settings',
      lab.deploy({ ...titled, 'server.js': healthyServer('3') }, GREETING, keyless),
      mayConfigure ? 'deployed, serves 3 staging hello' : 'failed, red, serves 2 staging',
    );
    if (!mayConfigure) check('nothing is written before that', asked.writes, ['POST /api/spaces/me/app/variables']);
  }),
);

test.concurrent.each(CASES)('a Space without APP_ENV that trusts a repository: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    const mayConfigure = readings.U6 === 'b';
    const name = mayConfigure ? ' staging' : '';
    await step('with a token', lab.deploy(dockerApp('1'), { visibility: 'public' }), 'deployed, serves 1 staging');
    await forget(lab, 'APP_ENV');
    const keyless = await identityOf(lab);
    const run = await step('one file', lab.deploy(two, {}, keyless), `deployed, serves 2${name}`);
    const warnings = run.warnings.filter((text) => text.includes('APP_ENV'));
    const said = `: The token of this job may not write settings, so APP_ENV was not set: set the variable APP_ENV to "staging" at ${lab.hub.url}/spaces/me/app/settings, or another environment may be deployed over this one.`;
    check('what to do by hand', warnings, mayConfigure ? [] : [said]);
    await step('again', lab.deploy(two, {}, keyless), `unchanged, serves 2${name}`);
    await callHub(lab.hub, '/api/spaces/me/app/variables', { key: 'APP_ENV', value: 'staging' });
    const after = await step('done by hand', lab.deploy(dockerApp('3'), {}, keyless), 'deployed, serves 3 staging');
    check(
      'no more to do',
      after.warnings.filter((text) => text.includes('APP_ENV')),
      [],
    );
  }),
);

test.concurrent.each(CASES)('a private docker Space that trusts a repository: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    const mayConfigure = readings.U6 === 'b';
    const isHidden = readings.U7 !== 'b';
    await step('with a token', lab.deploy(dockerApp('1'), { visibility: 'private' }), 'deployed, serves 1 staging');
    const keyless = await identityOf(lab);
    const run = await step('one file', lab.deploy(two, {}, keyless), 'deployed, serves 2 staging');
    const hidden = run.warnings.filter((text) => /does not let the token of this job see the private app/.test(text));
    check('said', hidden.length, isHidden ? 1 : 0);
    await step('unchanged', lab.deploy(two, {}, keyless), 'unchanged, serves 2 staging');
    const crashing = { ...two, 'server.js': CRASHES };
    await step('crash', lab.deploy(crashing, {}, keyless), 'rolled-back, red, serves 2 staging');
    await step(
      'settings only',
      lab.deploy(two, GREETING, keyless),
      mayConfigure ? 'deployed, serves 2 staging hello' : 'failed, red, serves 2 staging',
    );
    lab.space().runtime.sleep();
    const mayWake = mayConfigure || !isHidden;
    const ends = mayWake ? `unchanged, serves 2 staging${mayConfigure ? ' hello' : ''}` : 'unchanged, serves 503';
    const asleep = await step('asleep', lab.deploy(two, {}, keyless), ends);
    const said = asleep.warnings.filter((text) => text.startsWith(': The Space sleeps, and the token of this job'));
    check('said that it sleeps', said.length, mayWake ? 0 : 1);
  }),
);

test.concurrent.each(CASES)('a static Space that trusts a repository: $name', ({ readings }) =>
  tell(
    readings,
    async ({ lab, step }) => {
      const site = { space: 'me/site' };
      await step(
        'with a token',
        lab.deploy(staticSite('one'), { ...site, visibility: 'public' }),
        'deployed, serves one',
      );
      const keyless = await identityOf(lab);
      await step('files', lab.deploy(staticSite('two'), site, keyless), 'deployed, serves two');
      await step('unchanged', lab.deploy(staticSite('two'), site, keyless), 'unchanged, serves two');
      const asked = lab.deploy(staticSite('three'), { ...site, ...GREETING }, keyless);
      const mayConfigure = readings.U6 === 'b';
      await step('settings', asked, mayConfigure ? 'deployed, serves three' : 'failed, red, serves two');
    },
    'me/site',
  ),
);
