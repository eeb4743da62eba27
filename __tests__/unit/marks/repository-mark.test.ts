import { expect, test } from '@jest/globals';
import { environmentMark, readCreator } from '../../../src/marks/environment-mark.ts';
import { compareRepository, repositoryMark, repositoryOf } from '../../../src/marks/repository-mark.ts';

const RUN = 'https://github.com/acme/repo/actions/runs/42';
const LATER = 'https://github.com/Acme/Repo/actions/runs/43';
const OTHER = 'https://github.com/eve/repo/actions/runs/42';
const SPACE = 'acme/app';

test('a repository has one mark on one Space, without its name, and another on the next', async () => {
  const mark = await repositoryMark(RUN, SPACE);
  expect(mark).toMatch(/^r1:[\w-]{32}$/);
  expect(await repositoryMark(LATER, 'Acme/App')).toBe(mark);
  expect(await repositoryMark(OTHER, SPACE)).not.toBe(mark);
  expect(await repositoryMark(RUN, 'acme/other')).not.toBe(mark);
});

test('by its run or by its mark, a repository is recognised', async () => {
  const hidden = { repositoryHash: await repositoryMark(RUN, SPACE) };
  const compared = (marks: Parameters<typeof compareRepository>[0], ours: string | undefined) =>
    compareRepository(marks, ours, SPACE);
  expect(await compared({ runUrl: RUN }, LATER)).toBe('same');
  expect(await compared({ runUrl: RUN }, OTHER)).toBe('another');
  expect(await compared(hidden, LATER)).toBe('same');
  expect(await compared(hidden, OTHER)).toBe('another');
  expect(await compared({ ...hidden, runUrl: OTHER }, RUN)).toBe('another');
  expect(await compared({}, RUN)).toBe('unnamed');
  expect(await compared({ runUrl: RUN }, undefined)).toBe('another');
});

test('the description of a new Space says which repository created it', async () => {
  const described = async (runUrl: string | undefined) => {
    const description = await environmentMark(runUrl, SPACE);
    return readCreator(new Map([['APP_ENV', { description }]]));
  };
  expect(await described(RUN)).toBe(await repositoryMark(RUN, SPACE));
  expect(await described(undefined)).toBe(undefined);
  expect(readCreator(new Map([['APP_ENV', {}]]))).toBe(undefined);
  expect(readCreator(new Map())).toBe(undefined);
});

test.each([
  ['https://github.com/Acme/App/actions/runs/1', 'https://github.com/acme/app'],
  ['https://gitlab.com/acme/group/app/-/pipelines/81', 'https://gitlab.com/acme/group/app'],
  ['https://gitlab.com/acme/app/-/jobs/9', 'https://gitlab.com/acme/app'],
  ['https://circleci.com/gh/acme/app/54', 'https://circleci.com/gh/acme/app'],
  ['https://app.circleci.com/jobs/github/acme/app/54', 'https://app.circleci.com/jobs/github/acme/app'],
  ['https://bitbucket.org/acme/app/pipelines/results/7', 'https://bitbucket.org/acme/app'],
  ['https://bitbucket.org/acme/app/commits/abc', 'https://bitbucket.org/acme/app'],
  ['https://github.com/acme/app/commit/0123abc', 'https://github.com/acme/app'],
  ['https://github.com/acme/42', 'https://github.com/acme/42'],
])('%s is of the repository %s', (url, repository) => {
  expect(repositoryOf(url)).toBe(repository);
});

test('without a run, the page of the commit tells the repository', async () => {
  const marks = { sourceUrl: 'https://github.com/acme/repo/commit/0123abc' };
  expect(await compareRepository(marks, RUN, SPACE)).toBe('same');
  expect(await compareRepository(marks, 'https://github.com/acme/repo', SPACE)).toBe('same');
  expect(await compareRepository(marks, OTHER, SPACE)).toBe('another');
  expect(await compareRepository({ ...marks, runUrl: OTHER }, RUN, SPACE)).toBe('another');
  const hidden = { repositoryHash: await repositoryMark('https://github.com/acme/repo', SPACE) };
  expect(await compareRepository(hidden, RUN, SPACE)).toBe('same');
});
