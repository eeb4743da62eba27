import { expect, test } from '@jest/globals';
import { logEntries } from '../../../src/report/log-lines.ts';
import { newRecord, recordEvent } from '../../../src/report/record.ts';
import type { RunEvent } from '../../../src/report/run-event.ts';

type At = readonly [seconds: number, event: RunEvent];

/** The lines that a person sees, each with the second in which it is printed. */
function printed(events: readonly At[]): readonly string[] {
  let record = newRecord(0);
  return events.flatMap(([seconds, event]) => {
    const entries = logEntries(event, record, seconds * 1_000);
    record = recordEvent(record, event, seconds * 1_000);
    return entries.flatMap((entry) =>
      entry.kind === 'annotation' ? [] : entry.lines.map((line) => `${seconds} ${entry.group ?? '-'} ${line.trim()}`),
    );
  });
}

const MB = 1_000_000;
const upload = (done: number, path = 'model.bin'): RunEvent => ({
  kind: 'progress',
  work: 'upload',
  path,
  done: done * MB,
  total: 1_000 * MB,
});
const everySecond = (seconds: number, event: (second: number) => RunEvent): readonly At[] =>
  Array.from({ length: seconds }, (_, index) => [index + 1, event(index + 1)]);

test('an upload says every ten seconds how far it is, how fast, and how long the rest takes', () => {
  expect(
    printed([[0, { kind: 'phase-started', title: 'Apply' }], ...everySecond(35, (second) => upload(second * 20))]),
  ).toEqual([
    '10 Apply Uploading the large files: 200 MB of 1 GB, 20 MB/s, 40s left; now model.bin',
    '20 Apply Uploading the large files: 400 MB of 1 GB, 20 MB/s, 30s left; now model.bin',
    '30 Apply Uploading the large files: 600 MB of 1 GB, 20 MB/s, 20s left; now model.bin',
  ]);
});

test.each([
  ['read', 'Reading the files'],
  ['hash', 'Hashing the large files'],
  ['commit', 'Sending the files of the commit'],
] as const)('so does %s', (work, words) => {
  const events = everySecond(10, (second): RunEvent => ({ kind: 'progress', work, done: second * MB, total: 20 * MB }));
  expect(printed(events)).toEqual([`10 - 10s  ${words}: 10 MB of 20 MB, 1 MB/s, 10s left`]);
});

test('the rate is that of this work, and not of the one before or of a first try', () => {
  const hash: RunEvent = { kind: 'progress', work: 'hash', done: 1_000 * MB, total: 1_000 * MB };
  expect(
    printed([
      [1, hash],
      [5, upload(900)],
      [6, upload(0)],
      [8, upload(20)],
      [16, upload(100)],
    ]),
  ).toEqual(['16 - 16s  Uploading the large files: 100 MB of 1 GB, 10 MB/s, 1m 30s left; now model.bin']);
});

test('work that begins after a long silence has no rate yet', () => {
  expect(printed([[12, upload(0)]])).toEqual(['12 - 12s  Uploading the large files: 0 B of 1 GB; now model.bin']);
});

test('a name with other characters is quoted', () => {
  expect(printed([[12, upload(0, '\n::error::x')]])).toEqual([
    '12 - 12s  Uploading the large files: 0 B of 1 GB; now "\\n::error::x"',
  ]);
});

test('short work, and work between other lines, says nothing', () => {
  expect(
    printed([
      [1, upload(1)],
      [9, upload(2)],
      [9, { kind: 'line', text: 'one more try' }],
      [18, upload(3)],
    ]),
  ).toEqual(['9 - 9s  one more try']);
});

test('a quiet build says how long it takes, how long the last one took, and the last line of its log', () => {
  const building = (second: number): RunEvent => ({
    kind: 'waiting',
    stage: 'BUILDING',
    forMs: second * 1_000,
    lastBuildMs: 130_000,
    lastLine: '\u001b[1mCollecting torch',
  });
  const log: RunEvent = { kind: 'log', lines: ['Collecting torch'] };
  expect(printed([...everySecond(11, building), [12, log], ...everySecond(25, building).slice(12)])).toEqual([
    '10 - 10s  BUILDING for 10s so far; the last build took 2m 10s; the build log ends with: Collecting torch',
    '12 Build log Collecting torch',
    '22 - 22s  BUILDING for 22s so far; the last build took 2m 10s; the build log ends with: Collecting torch',
  ]);
});

test('a start says how long it takes, and after how long the Hub ends it', () => {
  const starting = (second: number): RunEvent => ({
    kind: 'waiting',
    stage: 'APP_STARTING',
    forMs: second * 1_000,
    limitMs: 1_800_000,
  });
  expect(printed(everySecond(20, starting))).toEqual([
    '10 - 10s  APP_STARTING for 10s so far; the Hub ends a start after 30m',
    '20 - 20s  APP_STARTING for 20s so far; the Hub ends a start after 30m',
  ]);
});
