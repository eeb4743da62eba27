import { expect, test } from '@jest/globals';
import { findOtherPath } from '../../../src/health/health-path.ts';

test.each([
  ['/health', ['/healthz', '/'], '/healthz'],
  ['/healthz', ['/', '/health', '/healthz'], '/health'],
  ['/health', ['/health', '/'], '/'],
  ['/status', ['/status'], undefined],
])('checked on %s, an app that answers on %j: the other path is %s', async (asked, well, found) => {
  expect(await findOtherPath(asked, async (path) => well.includes(path))).toBe(found);
});
