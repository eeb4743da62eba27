import { expect, test } from '@jest/globals';
import { sourceTrailers } from '../../../src/apply/source-trailers.ts';

const COMMIT = 'a'.repeat(40);
const PRIVATE = { spaceId: 'acme/app', visibility: 'private' };

/** Where files came without their git repository, and the CI system says which commit they are of. */
test.each([
  ['https://github.com/Acme/App/actions/runs/1', `https://github.com/Acme/App/commit/${COMMIT}`],
  ['https://gitlab.com/acme/group/app/-/pipelines/81', `https://gitlab.com/acme/group/app/commit/${COMMIT}`],
  ['https://gitlab.com/acme/app/-/jobs/7', `https://gitlab.com/acme/app/commit/${COMMIT}`],
  ['https://bitbucket.org/acme/app/pipelines/results/7', `https://bitbucket.org/acme/app/commits/${COMMIT}`],
  ['https://circleci.com/gh/acme/app/54', undefined],
  ['https://app.circleci.com/jobs/github/acme/app/54', undefined],
  ['https://ci.example/builds/7', undefined],
  [undefined, undefined],
])('the commit of the run %s has the page %s', async (url, page) => {
  const run = { isManual: false, id: '1', url, commit: COMMIT };
  const { sourceCommit, sourceUrl } = await sourceTrailers(run, { commit: undefined }, PRIVATE);
  expect([sourceCommit, sourceUrl]).toEqual([COMMIT, page]);
});

test('where the git repository is there, its own page of the commit is named', async () => {
  const run = { isManual: false, id: '1', url: 'https://github.com/acme/app/actions/runs/1' };
  const source = { commit: COMMIT, commitUrl: `https://github.com/acme/library/commit/${COMMIT}` };
  expect(await sourceTrailers(run, source, PRIVATE)).toMatchObject({
    sourceCommit: COMMIT,
    sourceUrl: source.commitUrl,
  });
});
