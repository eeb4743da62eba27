import { expect, test } from '@jest/globals';
import { retryAfterMs } from '../../../../src/hub/http/retry.ts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

test.each<[string, number, Record<string, string>, number | undefined]>([
  ['nothing is said', 429, {}, undefined],
  ['the window is used up', 429, { ratelimit: '"api";r=0;t=189' }, 190_000],
  ['the window is used up, written with blanks', 429, { ratelimit: '"api"; r=0 ; t=1' }, 2_000],
  ['the window is used up, whatever else is said', 429, { ratelimit: '"api";r=0;t=10', 'retry-after': '3' }, 11_000],
  ['there is some left: it is another limit', 429, { ratelimit: '"api";r=12;t=189' }, undefined],
  ['there is some left, and a wait', 429, { ratelimit: '"api";r=12;t=189', 'retry-after': '3' }, 3_000],
  ['the window is used up, and that is not why', 503, { ratelimit: '"api";r=0;t=189' }, undefined],
  ['seconds', 503, { 'retry-after': '7' }, 7_000],
  ['no wait', 503, { 'retry-after': ' 0 ' }, 0],
  ['a date', 503, { 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, 30_000],
  ['a date that is past', 503, { 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
  ['nothing in it', 503, { 'retry-after': ' ' }, undefined],
  ['something else', 503, { 'retry-after': 'soon' }, undefined],
])('%s (%d %j)', (_, status, headers, waitMs) => {
  expect(retryAfterMs(status, (name) => headers[name] ?? null, NOW)).toBe(waitMs);
});
