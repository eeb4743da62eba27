import { expect, test } from '@jest/globals';
import { cardChanges } from '../../../src/plan/card-changes.ts';

test('key by key: what becomes another, what is new, what goes', () => {
  expect(
    cardChanges(
      { title: 'A', sdk: 'docker', tags: ['a'], pinned: false },
      { title: 'B', sdk: 'docker', tags: ['a', 'b'], app_port: 80 },
    ),
  ).toEqual([
    { key: 'title', from: 'A', to: 'B' },
    { key: 'tags', from: ['a'], to: ['a', 'b'] },
    { key: 'app_port', to: 80 },
    { key: 'pinned', from: false },
  ]);
});
