import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createLogView } from '../../../src/edges/log-view.ts';
import { createScreen } from '../../../src/edges/screen.ts';

/** What is printed to a file while a build writes a line at each of these seconds. */
function printed(seconds: readonly number[]): string {
  let now = 0;
  const stream = Object.assign(new PassThrough(), { isTTY: false, columns: 80 }) as unknown as NodeJS.WriteStream;
  const view = createLogView(
    createScreen(stream, () => now),
    false,
  );
  view({ kind: 'group', title: 'Build log' });
  for (const second of seconds) {
    now = second * 1_000;
    view({ kind: 'line', text: `Collecting package ${second}`, quoted: true });
  }
  view({ kind: 'end-group' });
  return String(stream.read() ?? '').replaceAll(/^ +(?=\S+ {2}Build)/gm, '');
}

test('without a terminal, a long build shows a line of its log every five seconds, and a short one none', () => {
  expect(printed([1, 2, 4, 5, 6, 9, 10, 30])).toMatch(
    new RegExp(
      ['', 'Collecting package 5', 'Collecting package 10', 'Collecting package 30', '']
        .map((text) => (text === '' ? '' : ` {12}Build log: ${text}\\n`))
        .join(''),
    ),
  );
  expect(printed([1, 2, 3])).not.toMatch(/Collecting/);
});
