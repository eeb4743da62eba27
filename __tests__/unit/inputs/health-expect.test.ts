import { expect, test } from '@jest/globals';
import { parseExpectations } from '../../../src/inputs/lines.ts';

test('lines of JSON paths and words, with comments and blank lines between', () => {
  const text = [
    '# what a healthy app says',
    'status=healthy',
    '  database.ok = true ',
    '',
    'checks.0.name=db=main',
    'banner=',
    'text: All systems go = yes',
    'text:ok',
  ].join('\r\n');
  expect(parseExpectations(text)).toEqual({
    ok: true,
    value: [
      { kind: 'json', path: 'status', value: 'healthy' },
      { kind: 'json', path: 'database.ok', value: 'true' },
      { kind: 'json', path: 'checks.0.name', value: 'db=main' },
      { kind: 'json', path: 'banner', value: '' },
      { kind: 'text', words: 'All systems go = yes' },
      { kind: 'text', words: 'ok' },
    ],
  });
});

test('nothing is expected', () => {
  expect(parseExpectations('')).toEqual({ ok: true, value: [] });
});

test('every line that is not an expectation is reported', () => {
  const fix = 'Write json.path=value (status=healthy, database.ok=true), or text:some words.';
  expect(parseExpectations('healthy\nstatus=ok\ntext:\n=x\nmy status=ok')).toEqual({
    ok: false,
    problems: [
      { what: '"healthy" is not an expectation.', fix },
      { what: '"text:" is not an expectation.', fix },
      { what: '"=x" is not an expectation.', fix },
      { what: '"my status=ok" is not an expectation.', fix },
    ],
  });
});
