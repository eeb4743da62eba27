import { expect, test } from '@jest/globals';
import { defaultVisibility } from '../../../src/inputs/visibility.ts';

test.each([
  [
    'a private repository',
    { repositoryIsPrivate: true },
    { value: 'private', from: 'the GitHub repository is private' },
  ],
  ['a public repository', { repositoryIsPrivate: false }, { value: 'public', from: 'the GitHub repository is public' }],
  [
    'an event that does not say',
    {},
    { value: 'private', from: 'whether the GitHub repository is public is not known' },
  ],
])('%s', (_, event, expected) => {
  expect(defaultVisibility(event)).toEqual(expected);
});
