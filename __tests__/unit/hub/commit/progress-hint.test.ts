import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { createProgressHints } from '../../../../src/hub/commit/progress-hint.ts';
import type { StreamedBody } from '../../../../src/hub/http/call.ts';

const bodyOf = (...chunks: readonly string[]): StreamedBody => ({
  length: chunks.join('').length,
  async *stream() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  },
});

test('a request tells how much of its body is sent, and again from the beginning when it is sent again', async () => {
  const told: number[] = [];
  const hint = { path: 'm.bin', progressCallback: (progress: number) => void told.push(progress) };
  const body = createProgressHints()(bodyOf('abc', 'd'), { method: 'PUT', progressHint: hint });
  expect([body.length, String(await buffer(body.stream())), String(await buffer(body.stream()))]).toEqual([
    4,
    'abcd',
    'abcd',
  ]);
  expect(told).toEqual([0.75, 1, 0.75, 1]);
});

test('the parts of a file are added up', async () => {
  const told: number[] = [];
  const progressCallback = (progress: number) => void told.push(progress);
  const withProgress = createProgressHints();
  for (const part of [2, 0]) {
    const init = { progressHint: { path: 'm.bin', part, numParts: 4, progressCallback } };
    await buffer(withProgress(bodyOf('ab', 'cd'), init).stream());
  }
  expect(told).toEqual([0.125, 0.25, 0.375, 0.5]);
});

test.each([
  ['nobody asks', {}],
  ['there are no options', undefined],
  ['the hint is of a kind that is not known', { progressHint: { callback: 1 } }],
])('a body is as it was where %s', (_, init) => {
  const body = bodyOf('abc');
  expect(createProgressHints()(body, init)).toBe(body);
});
