import { expect, test } from '@jest/globals';
import { EMPTY_PLAN, type Plan, type Step } from '../../../src/plan/plan.ts';
import { planJson } from '../../../src/report/outputs.ts';
import { sizedFile } from '../files.ts';

const AS_IT_IS = (text: string) => text;
const { steps: _, ...NOTHING } = EMPTY_PLAN;

test('a plan as JSON: names of secrets, sizes of files, no content', () => {
  const steps: Step[] = [
    { kind: 'set-variable', name: 'APP_ENV', to: 'staging', reason: 'the Space has none' },
    { kind: 'set-secret', name: 'DATABASE_URL', standing: 'new', reason: 'the Space has none' },
    {
      kind: 'commit',
      parent: 'a'.repeat(40),
      added: [sizedFile('a', 1)],
      changed: [{ ...sizedFile('b', 2), was: 1_000 }],
      deleted: [{ path: 'c', size: 3 }],
      reason: 'why',
    },
  ];
  const edits = {
    since: 'b'.repeat(40),
    commits: [{ id: 'c'.repeat(40), title: 'By hand', message: 'all of it', author: 'ada' }],
    files: [{ path: 'x', edit: 'added' as const }],
  };
  const plan: Plan = {
    steps,
    unchangedFiles: 3,
    unmanaged: { variables: ['V'], secrets: ['S'] },
    card: [{ key: 'title', from: 'A', to: 'B' }],
    restarts: [{ kind: 'build', because: 'the commit' }],
    edits,
    warnings: ['It costs money.'],
  };
  expect(JSON.parse(planJson(plan, AS_IT_IS))).toEqual({
    steps: [
      { kind: 'set-variable', name: 'APP_ENV', to: 'staging', reason: 'the Space has none' },
      { kind: 'set-secret', name: 'DATABASE_URL', standing: 'new', reason: 'the Space has none' },
      {
        kind: 'commit',
        reason: 'why',
        parent: 'a'.repeat(40),
        added: [{ path: 'a', size: 1 }],
        changed: [{ path: 'b', size: 2, was: 1_000 }],
        deleted: [{ path: 'c', size: 3 }],
        counts: { added: 1, changed: 1, deleted: 1 },
      },
    ],
    unchangedFiles: 3,
    unmanaged: { variables: ['V'], secrets: ['S'] },
    card: [{ key: 'title', from: 'A', to: 'B' }],
    restarts: [{ kind: 'build', because: 'the commit' }],
    edits: { ...edits, commits: [{ id: 'c'.repeat(40), title: 'By hand', author: 'ada' }] },
    warnings: ['It costs money.'],
  });
});

test('an empty plan', () => {
  expect(planJson({ steps: [], ...NOTHING }, AS_IT_IS)).toBe(
    '{"steps":[],"unchangedFiles":0,"unmanaged":{"variables":[],"secrets":[]},"card":[],"restarts":[],"warnings":[]}',
  );
});

test('of very many files the first are named, and all are counted', () => {
  const added = Array.from({ length: 2_001 }, (_, index) => sizedFile(`f${index}`, 1));
  const step: Step = { kind: 'commit', added, changed: [], deleted: [], reason: 'why' };
  const named = added.slice(0, 2_000).map(({ path, size }) => ({ path, size }));
  expect(JSON.parse(planJson({ steps: [step], ...NOTHING }, AS_IT_IS))).toEqual({
    steps: [
      {
        kind: 'commit',
        reason: 'why',
        added: named,
        changed: [],
        deleted: [],
        counts: { added: 2_001, changed: 0, deleted: 0 },
      },
    ],
    ...NOTHING,
  });
});

test('a plan stays JSON, and keeps our own words, whatever the secrets are', () => {
  const redact = (text: string) => text.replaceAll(/commit|12|set-variable|s3cret/g, '***');
  const plan: Plan = {
    ...EMPTY_PLAN,
    steps: [
      { kind: 'set-variable', name: 'A', to: 's3cret', reason: 'why' },
      { kind: 'commit', added: [sizedFile('commit.txt', 12)], changed: [], deleted: [], reason: '12 to add' },
    ],
  };
  expect(JSON.parse(planJson(plan, redact)).steps).toEqual([
    { kind: 'set-variable', name: 'A', to: '***', reason: 'why' },
    {
      kind: 'commit',
      reason: '*** to add',
      added: [{ path: '***.txt', size: 12 }],
      changed: [],
      deleted: [],
      counts: { added: 1, changed: 0, deleted: 0 },
    },
  ]);
});
