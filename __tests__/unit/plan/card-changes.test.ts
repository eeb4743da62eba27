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

test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])('%s is a key like any other', (key) => {
  const card = JSON.parse(`{"${key}": "mine"}`);
  expect(cardChanges({}, card)).toEqual([{ key, from: undefined, to: 'mine' }]);
  expect(cardChanges(card, {})).toEqual([{ key, from: 'mine', to: undefined }]);
  expect(cardChanges(card, card)).toEqual([]);
});
