import { test } from '@jest/globals';
import { dockerApp } from '../scenarios/support/apps.ts';
import { CRASHES } from '../scenarios/support/rollback-stories.ts';
import { announce, CASES } from './support/cases.ts';
import { tell } from './support/story.ts';

announce('private and protected Spaces');

const PRIVATE = { visibility: 'private' };
const PROTECTED = { visibility: 'protected' };

test.concurrent.each(CASES)('a private docker Space that becomes protected: $name', ({ readings }) =>
  tell(readings, async ({ lab, step, check }) => {
    await step('private', lab.deploy(dockerApp('1'), PRIVATE), 'deployed, serves 1 staging');
    const secret = { ...PRIVATE, variables: 'GREETING=hello', secrets: 'API_KEY=0123456789abcdef' };
    await step('settings and files', lab.deploy(dockerApp('2'), secret), 'deployed, serves 2 staging hello');
    await step('unchanged', lab.deploy(dockerApp('2'), secret), 'unchanged, serves 2 staging hello');
    const crashing = { ...dockerApp('2'), 'server.js': CRASHES };
    await step('crash', lab.deploy(crashing, secret), 'rolled-back, red, serves 2 staging hello');
    check('it is private', lab.space().visibility, 'private');

    await step('protected', lab.deploy(dockerApp('2'), PROTECTED), 'deployed, serves 2 staging hello');
    check('it is protected', lab.space().visibility, 'protected');
    await step('protected, again', lab.deploy(dockerApp('2'), PROTECTED), 'unchanged, serves 2 staging hello');
    const drift = { ...PROTECTED, mode: 'plan', expect: 'unchanged' };
    await step('no drift', lab.deploy(dockerApp('2'), drift), 'planned, serves 2 staging hello');
    await step('one file', lab.deploy(dockerApp('3'), PROTECTED), 'deployed, serves 3 staging hello');
    check('it is protected still', lab.space().visibility, 'protected');
    await step('remove', lab.deploy(dockerApp('3'), { mode: 'remove' }), 'removed, serves nothing');
  }),
);
