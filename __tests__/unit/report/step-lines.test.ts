import { expect, test } from '@jest/globals';
import type { Step } from '../../../src/plan/plan.ts';
import { stepLines } from '../../../src/report/steps.ts';
import { sizedFile } from '../files.ts';

const CASES: readonly (readonly [Step, readonly string[]])[] = [
  [
    { kind: 'create', sdk: 'docker', visibility: 'private', reason: 'there is none' },
    ['create the Space: docker, private (there is none)'],
  ],
  [
    { kind: 'set-visibility', from: 'public', to: 'private', reason: 'the input says so' },
    ['make it private, from public (the input says so)'],
  ],
  [{ kind: 'delete-variable', name: 'A', from: 'x', reason: 'why' }, ['delete the variable A (why)']],
  [{ kind: 'delete-secret', name: 'A', reason: 'why' }, ['delete the secret A (why)']],
  [
    { kind: 'set-variable', name: 'A', to: 'x\n::error::y', reason: 'why' },
    ['set the variable A to "x\\n::error::y" (why)'],
  ],
  [{ kind: 'set-secret', name: 'A', standing: 'changed', reason: 'why' }, ['set the secret A (why)']],
  [{ kind: 'remove', reason: 'why' }, ['delete the Space (why)']],
  [
    { kind: 'create', sdk: 'gradio', visibility: 'public', hardware: 't4-small', reason: 'why' },
    ['create the Space: gradio, public, t4-small (why)'],
  ],
  [{ kind: 'set-hardware', to: 't4-small', reason: 'why' }, ['put it on t4-small (why)']],
  [
    { kind: 'set-hardware', from: 'cpu-basic', to: 't4-small', sleepTimeSeconds: 60, reason: 'why' },
    ['put it on t4-small, from cpu-basic (why)'],
  ],
  [{ kind: 'set-sleep-time', from: 60, to: -1, reason: 'why' }, ['set its sleep time to never, from 60 s (why)']],
  [{ kind: 'restart', factory: false, ends: 'sleep', reason: 'why' }, ['restart it (why)']],
  [
    { kind: 'restart', factory: true, ends: 'sleep', reason: 'why' },
    ['restart it, rebuilding it without the cache (why)'],
  ],
  [
    {
      kind: 'commit',
      added: [sizedFile('a.txt', 12)],
      changed: [{ ...sizedFile('dir/b c.txt', 3_400), was: 1_000 }],
      deleted: [
        { path: 'x\n::error::', size: 5 },
        { path: 'old/@v+1.txt', size: 6 },
      ],
      reason: '1 to add, 1 to change, 2 to delete',
    },
    [
      'commit: 1 to add, 1 to change, 2 to delete',
      '  + a.txt 12 B',
      '  ~ "dir/b c.txt" 1 kB → 3.4 kB',
      '  - "x\\n::error::" 5 B',
      '  - old/@v+1.txt 6 B',
    ],
  ],
];

test.each(CASES)('%j', (step, lines) => {
  expect(stepLines(step)).toEqual(lines);
});

test('a long list of files is cut', () => {
  const added = Array.from({ length: 53 }, (_, index) => sizedFile(`f${index}`, 1));
  const lines = stepLines({ kind: 'commit', added, changed: [], deleted: [], reason: 'why' });
  expect([lines.length, lines[0], lines[1], lines[50], lines[51]]).toEqual([
    52,
    'commit: why',
    '  + f0 1 B',
    '  + f49 1 B',
    '  … and 3 more files',
  ]);
});
