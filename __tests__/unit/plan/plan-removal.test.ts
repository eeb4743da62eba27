import { expect, test } from '@jest/globals';
import type { Failure } from '../../../src/base/failure.ts';
import { planRemoval } from '../../../src/plan/plan-removal.ts';
import type { Ownership } from '../../../src/space/read-owner.ts';

const RUN = 'https://github.com/acme/app/actions/runs/';
const ID = 'acme/app-pr-7';
const INPUTS = {
  space: { owner: 'acme', name: 'app-pr-7', id: ID },
  environment: 'preview-7',
  run: { isManual: false, url: `${RUN}2` },
};
const owned = (values: Partial<Ownership> = {}): Ownership => ({
  id: ID,
  environment: 'preview-7',
  head: 'abcdef0',
  isDeployed: true,
  repository: 'same',
  runUrl: `${RUN}1`,
  ...values,
});
const nobody: Ownership = { id: ID, head: 'abcdef0', isDeployed: false, repository: 'unnamed' };
const REMOVE = [{ kind: 'remove', reason: 'it is preview-7, and its newest commit is ours' }];

test.each<[string, Ownership | undefined, readonly object[]]>([
  ['that is not there', undefined, []],
  ['that is ours', owned(), REMOVE],
  ['that the Hub spells differently', owned({ id: 'ACME/App-PR-7' }), REMOVE],
])('a Space %s', (_, space, steps) => {
  expect(planRemoval(INPUTS, space)).toEqual(steps);
});

const ANOTHER =
  'Nothing was removed: this Space is of the environment "production", and "preview-7" was to be removed.';
const NONE = 'Nothing was removed: this Space is of no environment, and "preview-7" was to be removed.';
const BY_HAND = 'Nothing was removed: the newest commit of this Space was not made by a deployment.';
const UNNAMED = 'Nothing was removed: the newest commit of this Space names no repository.';
const RENAMED = 'Nothing was removed: acme/app-pr-7 was to be removed, and the Hub answers with acme/precious.';
const OTHERS = 'Nothing was removed: this Space was deployed by another repository.';

test.each<[string, Ownership, readonly string[]]>([
  ['of another environment', owned({ environment: 'production' }), [ANOTHER]],
  ['with a commit by hand', owned({ isDeployed: false, repository: 'unnamed' }), [BY_HAND]],
  ['of another repository', owned({ repository: 'another' }), [OTHERS]],
  ['of no repository', owned({ repository: 'unnamed' }), [UNNAMED]],
  ['that was renamed', owned({ id: 'acme/precious' }), [RENAMED]],
  ['that nobody deployed to: all reasons at once', nobody, [NONE, BY_HAND]],
])('a Space %s is left alone', (_, space, whats) => {
  expect(refusalOf(() => planRemoval(INPUTS, space))).toEqual(['refused', whats]);
});

test('outside of GitHub no Space is known to be of this repository', () => {
  const inputs = { ...INPUTS, run: { isManual: false } };
  expect(refusalOf(() => planRemoval(inputs, owned({ repository: 'another' })))).toEqual([
    'refused',
    ['Nothing was removed: it is not known whether this Space was deployed by this repository.'],
  ]);
});

test('outside of CI and without a git remote, the account that deployed may remove', () => {
  const inputs = { ...INPUTS, run: { isManual: false } };
  const unnamed = owned({ repository: 'unnamed', runUrl: undefined });
  expect(planRemoval(inputs, { ...unnamed, account: 'same' })).toEqual(REMOVE);
  expect(refusalOf(() => planRemoval(inputs, { ...unnamed, account: 'another' }))).toEqual([
    'refused',
    ['Nothing was removed: this Space was deployed by another account.'],
  ]);
});

function refusalOf(plan: () => unknown) {
  try {
    return plan();
  } catch (error) {
    const { kind, problems } = error as Failure;
    return [kind, problems.map(({ what }) => what)];
  }
}
