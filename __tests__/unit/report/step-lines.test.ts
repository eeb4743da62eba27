import { expect, test } from '@jest/globals';
import type { Step } from '../../../src/plan/plan.ts';
import { stepLines } from '../../../src/report/step-lines.ts';
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
  [{ kind: 'set-secret', name: 'A', reason: 'why' }, ['set the secret A (why)']],
  [{ kind: 'restart', factory: false, reason: 'why' }, ['restart it (why)']],
  [{ kind: 'restart', factory: true, reason: 'why' }, ['restart it, building anew (why)']],
  [
    {
      kind: 'commit',
      added: [sizedFile('a.txt', 12)],
      changed: [sizedFile('dir/b c.txt', 3_400)],
      deleted: ['x\n::error::', 'old/@v+1.txt'],
      reason: '1 to add, 1 to change, 2 to delete',
    },
    [
      'commit: 1 to add, 1 to change, 2 to delete',
      '  + a.txt 12 B',
      '  ~ "dir/b c.txt" 3.4 kB',
      '  - "x\\n::error::"',
      '  - old/@v+1.txt',
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
