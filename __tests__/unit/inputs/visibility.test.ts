import { expect, test } from '@jest/globals';
import { defaultVisibility } from '../../../src/inputs/visibility.ts';

test.each([
  [
    'a private repository',
    'production',
    { repositoryIsPrivate: true },
    { value: 'private', from: 'the GitHub repository is private' },
  ],
  [
    'a public repository',
    'production',
    { repositoryIsPrivate: false },
    { value: 'public', from: 'the GitHub repository is public' },
  ],
  [
    'an event that does not say',
    'staging',
    {},
    { value: 'private', from: 'whether the GitHub repository is public is not known' },
  ],
  [
    'a preview, whatever the repository is',
    'preview-7',
    { repositoryIsPrivate: false },
    { value: 'private', from: 'a preview is private unless told otherwise' },
  ],
])('%s', (_, environment, event, expected) => {
  expect(defaultVisibility(environment, event)).toEqual(expected);
});
