import { expect, test } from '@jest/globals';
import { commitPage, repositoryPage } from '../../../src/marks/pages.ts';

test.each([
  ['https://github.com/Acme/App/actions/runs/1', 'https://github.com/Acme/App'],
  ['https://gitlab.com/Acme/App/-/jobs/9', 'https://gitlab.com/Acme/App'],
  ['https://ci.example/Builds/7', 'https://ci.example/Builds/7'],
])('the page of the repository of %s keeps its case', (url, page) => {
  expect(repositoryPage(url)).toBe(page);
});

test.each([
  ['https://github.com/Acme/App', 'https://github.com/Acme/App/commit/0123abc'],
  ['https://gitlab.com/acme/app', 'https://gitlab.com/acme/app/commit/0123abc'],
  ['https://bitbucket.org/acme/app', 'https://bitbucket.org/acme/app/commits/0123abc'],
  ['https://git.acme.example:8443/app', 'https://git.acme.example:8443/app/commit/0123abc'],
  ['https://circleci.com/gh/acme/app', undefined],
  ['https://app.circleci.com/jobs/github/acme/app', undefined],
])('a commit of %s has the page %s', (page, commit) => {
  expect(commitPage(page, '0123abc')).toBe(commit);
});
