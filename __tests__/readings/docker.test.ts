import { test } from '@jest/globals';
import { dockerApp, healthyServer } from '../scenarios/support/apps.ts';
import { CRASHES } from '../scenarios/support/rollback-stories.ts';
import { announce, CASES } from './support/cases.ts';
import type { Files } from './support/lab.ts';
import { tell } from './support/story.ts';

announce('docker Spaces');

const titled = (title: string): Files => ({
  'README.md': `---\ntitle: ${title}\nsdk: docker\napp_port: 7860\n---\n\n# ${title}\n`,
});
const BROKEN: Files = { Dockerfile: 'FROM node:24-slim\nRUN exit 1\nCMD ["node", "server.js"]\n' };
const REMOVE = { mode: 'remove' };

test.concurrent.each(CASES)('a public docker Space, from its first deployment to its end: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    await step('first deployment', lab.deploy(dockerApp('1'), { visibility: 'public' }), 'deployed, serves 1 staging');
    const unchanged = await step('unchanged', lab.deploy(dockerApp('1')), 'unchanged, serves 1 staging');
    const two = { ...dockerApp('1'), 'server.js': healthyServer('2') };
    const planned = await step('plan', lab.deploy(two, { mode: 'plan' }), 'planned, serves 1 staging');
    check('neither writes', [...unchanged.writes, ...planned.writes], []);
    await step('one file', lab.deploy(two), 'deployed, serves 2 staging');

    const renamed = { ...two, ...titled('Other') };
    await step('README only', lab.deploy(renamed), 'deployed, serves 2 staging');
    const again = await step('README only, again', lab.deploy(renamed), 'unchanged, serves 2 staging');
    check('it is not written again', again.writes, []);

    const variables = { variables: 'GREETING=hello' };
    await step('settings only', lab.deploy(renamed, variables), 'deployed, serves 2 staging hello');
    const crashing = { ...renamed, 'server.js': CRASHES };
    await step('crash', lab.deploy(crashing, variables), 'rolled-back, red, serves 2 staging hello');
    await step(
      'build error',
      lab.deploy({ ...renamed, ...BROKEN }, variables),
      'rolled-back, red, serves 2 staging hello',
    );
    const three = { ...renamed, 'server.js': healthyServer('3') };
    const both = { variables: 'GREETING=bye' };
    await step('file and settings', lab.deploy(three, both), 'deployed, serves 3 staging bye');
    const drift = lab.deploy(three, { ...both, mode: 'plan', expect: 'unchanged' });
    await step('no drift', drift, 'planned, serves 3 staging bye');
    await step('remove', lab.deploy(three, REMOVE), 'removed, serves nothing');
    check('it is gone', lab.hub.space('me/app')?.id, undefined);
  }),
);

test.concurrent.each(CASES)(
  'a version that does not run is not promoted, and one that does is: $name',
  ({ readings }) =>
    tell(
      readings,
      async ({ lab, step, check }) => {
        const staging = { space: 'me/app', environment: 'staging', visibility: 'private' };
        const live = { space: 'me/live', environment: 'production', 'promoted-from': 'me/app', visibility: 'public' };
        const crashing = { ...dockerApp('1'), 'server.js': CRASHES };
        const first = await lab.deploy(crashing, staging);
        check('first deployment, crash', [first.result, first.failed], ['failed', true]);
        const refused = await lab.deploy(crashing, live);
        check('refused', [refused.result, refused.writes, lab.hub.space('me/live')?.id], ['failed', [], undefined]);
        const fixed = await lab.deploy(dockerApp('1'), staging);
        check('fixed', [fixed.result, fixed.errors], ['deployed', []]);
        await step('promotion', lab.deploy(dockerApp('1'), live), 'deployed, serves 1 production');
      },
      'me/live',
    ),
);

test.concurrent.each(CASES)('an app that lacks a setting runs once it is given: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    const needy = { ...dockerApp('1'), 'server.js': `if (!process.env.GREETING) ${CRASHES}\n${healthyServer('1')}` };
    const first = await lab.deploy(needy, { visibility: 'public' });
    check('first deployment, crash', [first.result, first.failed], ['failed', true]);
    await step('the setting', lab.deploy(needy, { variables: 'GREETING=hello' }), 'deployed, serves 1 staging hello');
  }),
);
