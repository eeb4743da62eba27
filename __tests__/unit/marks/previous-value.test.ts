import { expect, test } from '@jest/globals';
import { readRemark, writeRemark } from '../../../src/marks/previous-value.ts';

test.each([null, '', 'none', 'hello', 'with "quotes", run 9, before: none', 'two\nlines', 'x'.repeat(200)])(
  'a value of %j comes back as it was',
  (before) => {
    const remark = writeRemark('42', before);
    expect(readRemark(`Set by Spaceport; fingerprint s1:x:y; ${remark}`)).toEqual({ runId: '42', before });
  },
);

test('without a run, and of a value that is too long, there is none', () => {
  expect([writeRemark(undefined, '1'), writeRemark('42', 'x'.repeat(201))]).toEqual([undefined, undefined]);
});

test.each([undefined, '', 'run 42', 'run 42, before: maybe', 'run 42, before: "half', 'run 42, before: none, or so'])(
  '%j is no remark',
  (description) => {
    expect(readRemark(description)).toBe(undefined);
  },
);
