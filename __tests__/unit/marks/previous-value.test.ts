import { expect, test } from '@jest/globals';
import { readPreviousValue, writePreviousValue } from '../../../src/marks/previous-value.ts';

test.each([null, '', 'none', 'hello', 'with "quotes", run 9, before: none', 'two\nlines', 'x'.repeat(200)])(
  'a value of %j comes back as it was',
  (before) => {
    const previousValue = writePreviousValue('42', before);
    expect(readPreviousValue(`Set by Spaceport; fingerprint s1:x:y; ${previousValue}`)).toEqual({
      runId: '42',
      before,
    });
  },
);

test('without a run, and of a value that is too long, there is none', () => {
  expect([writePreviousValue(undefined, '1'), writePreviousValue('42', 'x'.repeat(201))]).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([undefined, '', 'run 42', 'run 42, before: maybe', 'run 42, before: "half', 'run 42, before: none, or so'])(
  '%j names no previous value',
  (description) => {
    expect(readPreviousValue(description)).toBe(undefined);
  },
);
