import { test } from '@jest/globals';
import { staticSite } from '../scenarios/support/apps.ts';
import { announce, CASES } from './support/cases.ts';
import { tell } from './support/story.ts';

announce('static Spaces');

test.concurrent.each(CASES)('a static Space, from its first deployment to its end: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    await step('first deployment', lab.deploy(staticSite('one'), { visibility: 'public' }), 'deployed, serves one');
    const unchanged = await step('unchanged', lab.deploy(staticSite('one')), 'unchanged, serves one');
    const planned = await step('plan', lab.deploy(staticSite('two'), { mode: 'plan' }), 'planned, serves one');
    check('neither writes', [...unchanged.writes, ...planned.writes], []);
    const two = { ...staticSite('two'), 'model.bin': `\0${'weights '.repeat(20_000)}` };
    const stored = await step('files, one of them binary', lab.deploy(two), 'deployed, serves two');
    check('by Xet', stored.writes.includes('POST /xet/v1/shards'), readings.U20 === 'b');
    const model = (await lab.space().read('model.bin')).toString();
    check(
      'it is stored as it was',
      [model === two['model.bin'], (await lab.space().files())['model.bin']?.lfs?.size],
      [true, 160_001],
    );
    const titled = { ...two, 'README.md': '---\ntitle: Other\nsdk: static\n---\n' };
    await step('README only', lab.deploy(titled), 'deployed, serves two');
    await step('README only, again', lab.deploy(titled), 'unchanged, serves two');
    await step('settings only', lab.deploy(titled, { variables: 'GREETING=hello' }), 'deployed, serves two');
    await step('private', lab.deploy(titled, { visibility: 'private' }), 'deployed, serves two');
    await step('private, files', lab.deploy(staticSite('three')), 'deployed, serves three');
    await step('remove', lab.deploy(staticSite('three'), { mode: 'remove' }), 'removed, serves nothing');
  }),
);
