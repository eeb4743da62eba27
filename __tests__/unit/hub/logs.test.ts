import { expect, test } from '@jest/globals';
import { type LogLine, logLines } from '../../../src/hub/logs.ts';
import { fakeHub } from './fake-hub.ts';

const MEGABYTE = 'x'.repeat(1_000_000);

/** All lines of a build log whose stream consists of these parts. */
async function read(...parts: readonly string[]): Promise<readonly string[]> {
  const { session } = fakeHub({ status: 200, body: ReadableStream.from(parts.map((part) => Buffer.from(part))) });
  const lines: string[] = [];
  for await (const { text } of logLines(session, 'acme/app', 'build', session.signal)) lines.push(text);
  return lines;
}

const event = (text: string) => `data: ${JSON.stringify({ data: text, timestamp: '2026-01-02T03:04:05Z' })}\n\n`;

test('each event is a line or several, wherever the stream is cut', async () => {
  const stream = `${event('one\n')}: keep-alive\n\n${event('two\nthree')}`;
  expect(await read(stream)).toEqual(['one', 'two', 'three']);
  expect(await read(...stream)).toEqual(['one', 'two', 'three']);
});

test('a line has the time at which the Hub says that it was written, or none', async () => {
  const { session } = fakeHub({ status: 200, body: `${event('one\n')}data: {"data":"two"}\n\n` });
  const lines: LogLine[] = [];
  for await (const line of logLines(session, 'acme/app', 'run', session.signal)) lines.push(line);
  expect(lines).toEqual([
    { text: 'one', at: Date.UTC(2026, 0, 2, 3, 4, 5) },
    { text: 'two', at: undefined },
  ]);
});

test('what is not an event of a log is passed over', async () => {
  expect(await read('event: end\ndata: bye\n\n', 'data: {"data":7}\n\n', 'data: {"da\n\n', event('one'))).toEqual([
    'one',
  ]);
});

test('a line without end does not fill memory, and the lines after it are shown', async () => {
  const endless = Array.from({ length: 30 }, () => MEGABYTE);
  expect(await read(event('before'), 'data: {"data":"', ...endless, '"}\n\n', event('after'))).toEqual([
    'before',
    '… a line of more than 1,000,000 characters is left out.',
    'after',
  ]);
});

test('an event of endlessly many short lines does not fill memory either', async () => {
  const many = Array.from({ length: 30 }, () => `data: ${'x'.repeat(90_000)}\n`);
  expect(await read(event('before'), ...many, '\n', event('after'))).toEqual([
    'before',
    ...Array.from({ length: 2 }, () => '… a line of more than 1,000,000 characters is left out.'),
    'after',
  ]);
});
