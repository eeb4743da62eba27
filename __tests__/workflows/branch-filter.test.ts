import { expect, test } from '@jest/globals';
import { branchFilter } from './support/branch-filter.ts';

// The examples of GitHub's own table.
test.each([
  ['feature/*', ['feature/my-branch', 'feature/your-branch'], ['feature/beta-a/my-branch', 'feature']],
  ['feature/**', ['feature/beta-a/my-branch', 'feature/your-branch'], ['features/x']],
  ['releases/mona-the-octocat', ['releases/mona-the-octocat'], ['releases/mona']],
  ['*', ['main', 'releases'], ['all/the/branches']],
  ['**', ['all/the/branches', 'every/tag', 'main'], []],
  ['*feature', ['mona-feature', 'feature', 'ver-10-feature'], ['feature-x']],
  ['v2*', ['v2', 'v2.0', 'v2.9'], ['v1']],
  ['v[12].[0-9]+.[0-9]+', ['v1.10.1', 'v2.0.0'], ['v3.0.0', 'v1.10', 'v1x10x1']],
])('%s', (pattern, matching, others) => {
  for (const branch of matching) expect(branch).toMatch(branchFilter(pattern));
  for (const branch of others) expect(branch).not.toMatch(branchFilter(pattern));
});
