import { expect, test } from '@jest/globals';
import { findOtherPath } from '../../../src/health/health-path.ts';

test.each([
  ['/health', ['/healthz', '/'], '/healthz'],
  ['/healthz', ['/', '/health', '/healthz'], '/health'],
  ['/health', ['/health', '/'], '/'],
  ['/status', ['/status'], undefined],
])('asked for %s, of an app that answers on %j it is %s', async (asked, well, found) => {
  expect(await findOtherPath(asked, async (path) => well.includes(path))).toBe(found);
});
