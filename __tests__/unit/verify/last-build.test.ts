import { expect, test } from '@jest/globals';
import { buildTime } from '../../../src/verify/last-build.ts';

const line = (second: number | undefined, text = 'DONE') => ({
  text,
  at: second === undefined ? undefined : second * 1_000,
});
const HEAD = '===== Build Queued at 2026-04-04 11:56:33 / Commit SHA: 151a283 =====';
const NAMELESS = '===== Build Queued at 2026-04-04 11:56:33 =====';
const OURS = `${'0123456'}${'0'.repeat(33)}`;
const OURS_BEGINS = '===== Build Queued at 2026-04-04 12:56:33 / Commit SHA: 0123456 =====';

test.each([
  ['from its head to its last line', [line(10, HEAD), line(11), line(95)], 85_000],
  ['where its head names no commit', [line(10, NAMELESS), line(40)], 30_000],
  ['without what the next one writes', [line(10, HEAD), line(20), line(900, OURS_BEGINS), line(950)], 10_000],
  ['not of our own build', [line(900, OURS_BEGINS), line(950)], undefined],
  ['not where the log has no times', [line(undefined, HEAD), line(undefined)], undefined],
  ['not where the log has no head', [line(10), line(20)], undefined],
  ['not where there is no log', [], undefined],
  ['not where only the head is there', [line(10, HEAD)], undefined],
])('how long the last build took: %s', (_, lines, expected) => {
  expect(buildTime(lines, OURS)).toBe(expected);
});
