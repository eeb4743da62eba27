import { expect, test } from '@jest/globals';
import { unmetExpectations } from '../../../src/health/expectations.ts';

const BODY = JSON.stringify({
  status: 'healthy',
  database: { ok: true, pool: { size: 5 } },
  checks: [{ name: 'db' }, 'cache'],
  banner: null,
  empty: '',
  'a.b': 1,
});
const json = (path: string, value: string) => ({ kind: 'json', path, value }) as const;
const text = (words: string) => ({ kind: 'text', words }) as const;

test.each([
  json('status', 'healthy'),
  json('database.ok', 'true'),
  json('database.pool.size', '5'),
  json('database.pool', '{"size":5}'),
  json('checks.0.name', 'db'),
  json('checks.1', 'cache'),
  json('checks.length', '2'),
  json('banner', 'null'),
  json('empty', ''),
  text('"status":"healthy"'),
])('met: %j', (expectation) => {
  expect(unmetExpectations([expectation], BODY)).toEqual([]);
});

test('a byte order mark before JSON is passed over', () => {
  const body = Buffer.from(`\ufeff${BODY}`).toString();
  expect(unmetExpectations([json('status', 'healthy'), text('healthy')], body)).toEqual([]);
});

test.each([
  [json('status', 'ok'), 'status is "healthy", expected "ok"'],
  [json('status', 'Healthy'), 'status is "healthy", expected "Healthy"'],
  [json('database.ok', 'yes'), 'database.ok is "true", expected "yes"'],
  [json('nope', 'x'), 'nope is missing, expected "x"'],
  [json('status.length', '7'), 'status.length is missing, expected "7"'],
  [json('database.constructor', 'x'), 'database.constructor is missing, expected "x"'],
  [json('__proto__', '{}'), '__proto__ is missing, expected "{}"'],
  [json('checks.7.name', 'db'), 'checks.7.name is missing, expected "db"'],
  [json('banner.x', ''), 'banner.x is missing, expected ""'],
  [text('All well'), 'does not say "All well"'],
])('not met: %j', (expectation, sentence) => {
  expect(unmetExpectations([expectation], BODY)).toEqual([sentence]);
});

test('all unmet expectations are listed', () => {
  expect(unmetExpectations([json('status', 'x'), text('healthy'), text('All well')], BODY)).toEqual([
    'status is "healthy", expected "x"',
    'does not say "All well"',
  ]);
});

test.each(['', '<html>', '{"status":'])('%j is not JSON, and may have words all the same', (body) => {
  expect(unmetExpectations([json('status', 'ok'), text(body)], body)).toEqual([
    'is not JSON, so status cannot be "ok"',
  ]);
});

test('a long value is cut', () => {
  expect(unmetExpectations([json('a', 'x')], JSON.stringify({ a: 'y'.repeat(200) }))).toEqual([
    `a is "${'y'.repeat(100)}", expected "x"`,
  ]);
});

test('an answer that is nested too deeply to be written again is not met, and nothing is thrown', () => {
  const body = `{"status":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;

  expect(unmetExpectations([json('status', 'healthy')], body)).toEqual([
    'status is "nested too deeply to be read", expected "healthy"',
  ]);
});
