import { expect, test } from '@jest/globals';
import { findWorkingPath } from '../../../src/health/check-health.ts';
import { appAt, scriptedFetch } from '../app-at.ts';

const URL = 'https://app.example';
const appOn = (...healthy: readonly string[]) =>
  appAt(URL, scriptedFetch(Object.fromEntries(healthy.map((path) => [URL + path, [200]]))));
const answerOf = (status?: number) => ({ ok: false, status, message: '', excerpt: '', tookMs: 0 });

test.each([
  ['/health', 404, ['/healthz', '/'], '/healthz'],
  ['/healthz', 404, ['/', '/health', '/healthz'], '/health'],
  ['/health', 302, ['/health', '/'], '/'],
  ['/status', 404, ['/status'], undefined],
  ['/health', 500, ['/'], undefined],
  ['/health', undefined, ['/'], undefined],
])(
  'asked for %s, which answers %s, of an app that is healthy on %j it is %s',
  async (asked, status, healthy, found) => {
    expect(await findWorkingPath(appOn(...healthy), asked, answerOf(status))).toBe(found);
  },
);
