import { expect, test } from '@jest/globals';
import type { Failure } from '../../../src/base/failure.ts';
import { planRemoval } from '../../../src/plan/plan-removal.ts';
import type { Ownership } from '../../../src/space/read-owner.ts';

const RUN = 'https://github.com/acme/app/actions/runs/';
const INPUTS = { environment: 'preview-7', run: { isManual: false, url: `${RUN}2` } };
const owned = (values: Partial<Ownership> = {}): Ownership => ({
  id: 'acme/app-pr-7',
  environment: 'preview-7',
  trailers: { contentDigest: 'c', runUrl: `${RUN}1` },
  head: 'abcdef0',
  isFresh: false,
  ...values,
});
const nobody: Ownership = { id: 'acme/app-pr-7', trailers: {}, head: 'abcdef0', isFresh: false };
const REMOVE = [{ kind: 'remove', reason: 'it is preview-7, and its newest commit is ours' }];

test.each<[string, Ownership | undefined, readonly object[]]>([
  ['that is not there', undefined, []],
  ['that is ours', owned(), REMOVE],
  ['whose last deployment was rolled back', owned({ trailers: { undoes: 'x' } }), REMOVE],
  ['that was made, and never committed to', owned({ trailers: {}, isFresh: true }), REMOVE],
])('a Space %s', (_, space, steps) => {
  expect(planRemoval(INPUTS, space)).toEqual(steps);
});

const ANOTHER =
  'Nothing was removed: this Space is of the environment "production", and "preview-7" was to be removed.';
const NONE = 'Nothing was removed: this Space is of no environment, and "preview-7" was to be removed.';
const BY_HAND = 'Nothing was removed: the newest commit of this Space was not made by a deployment.';
const OTHERS = 'Nothing was removed: this Space was deployed by another repository.';

test.each<[string, Ownership, readonly string[]]>([
  ['of another environment', owned({ environment: 'production' }), [ANOTHER]],
  ['of another environment, and fresh', owned({ environment: 'production', isFresh: true }), [ANOTHER]],
  ['with a commit by hand', owned({ trailers: {} }), [BY_HAND]],
  [
    'of another repository',
    owned({ trailers: { contentDigest: 'c', runUrl: 'https://github.com/eve/app/actions/runs/1' } }),
    [OTHERS],
  ],
  ['that nobody deployed to: all reasons at once', nobody, [NONE, BY_HAND]],
])('a Space %s is left alone', (_, space, whats) => {
  const thrown = (() => {
    try {
      return planRemoval(INPUTS, space);
    } catch (error) {
      return error;
    }
  })() as Failure;
  expect([thrown.kind, thrown.problems.map(({ what }) => what)]).toEqual(['refused', whats]);
});
