import { expect, test } from '@jest/globals';
import type { Restart, Step } from '../../../src/plan/plan.ts';
import { restartsOf } from '../../../src/plan/restarts.ts';

const VARIABLE: Step = { kind: 'set-variable', name: 'A', to: 'x', reason: '' };
const SETTINGS: readonly Step[] = [
  { kind: 'delete-variable', name: 'B', reason: '' },
  { kind: 'delete-secret', name: 'C', reason: '' },
  VARIABLE,
  { kind: 'set-secret', name: 'D', standing: 'new', reason: '' },
];
const COMMIT: Step = { kind: 'commit', added: [], changed: [], deleted: [], reason: '' };
const started = (because: string): Restart => ({ kind: 'start', because });
const built = (because: string): Restart => ({ kind: 'build', because });

test.each<[string, readonly Step[], boolean, readonly Restart[]]>([
  ['nothing', [], false, []],
  [
    'each setting once, and the commit',
    [...SETTINGS, COMMIT],
    false,
    [
      started('the variable B'),
      started('the secret C'),
      started('the variable A'),
      started('the secret D'),
      built('the commit'),
    ],
  ],
  ['a static Space, which has nothing to start', [...SETTINGS, COMMIT], true, [built('the commit')]],
  [
    'a new Space, created with its settings',
    [{ kind: 'create', sdk: 'docker', visibility: 'public', reason: '' }, VARIABLE, COMMIT],
    false,
    [built('the commit')],
  ],
  ['hardware', [{ kind: 'set-hardware', to: 't4-small', reason: '' }], false, [started('the hardware')]],
  [
    'what starts nothing',
    [
      { kind: 'set-visibility', from: 'public', to: 'private', reason: '' },
      { kind: 'set-sleep-time', from: -1, to: 60, reason: '' },
      { kind: 'remove', reason: '' },
    ],
    false,
    [],
  ],
  [
    'a restart',
    [{ kind: 'restart', factory: false, ends: 'sleep', reason: 'it sleeps' }],
    false,
    [started('it sleeps')],
  ],
  ['a rebuild', [{ kind: 'restart', factory: true, ends: 'error', reason: 'it failed' }], false, [built('it failed')]],
])('%s', (_, steps, isStatic, restarts) => {
  expect(restartsOf(steps, isStatic)).toEqual(restarts);
});
