import { expect, test } from '@jest/globals';
import { type AppStart, isNewStart, type Since } from '../../../src/verify/app-start.ts';

const OLD: AppStart = { replica: 'set-old' };
const NEW: AppStart = { replica: 'set-new' };
const since = (values: Partial<Since> = {}): Since => ({
  before: OLD,
  wroteAt: 1_000,
  isSingle: true,
  hasOneReplica: true,
  ...values,
});

test.each<[string, AppStart, Since, boolean]>([
  ['another process', NEW, since(), true],
  ['the same process', OLD, since(), false],
  ['a process without a name', {}, since(), false],
  ['a process, where the one before had no name', NEW, since({ before: {} }), false],
  ['another process of several', NEW, since({ hasOneReplica: false }), false],
  ['a start in the log alone, while the old process answers', { ...OLD, startedAt: 2_000 }, since(), false],
  ['another process, after several writes', NEW, since({ isSingle: false }), false],
  ['another process and a later start in the log', { ...NEW, startedAt: 1_001 }, since({ isSingle: false }), true],
  ['another process and an earlier start in the log', { ...NEW, startedAt: 1_000 }, since({ isSingle: false }), false],
])('%s: it has the new settings, or not', (_, now, given, isNew) => {
  expect(isNewStart(now, given)).toBe(isNew);
});
