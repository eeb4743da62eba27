import { expect, test } from '@jest/globals';
import { hardwareProblems, isPaid, parseHardware, parseSleepTime } from '../../../src/inputs/hardware.ts';
import type { Sdk } from '../../../src/inputs/inputs.ts';

test.each([
  ['', undefined],
  ['cpu-basic', 'cpu-basic'],
  ['a-flavor-of-tomorrow2', 'a-flavor-of-tomorrow2'],
])('hardware %j', (text, value) => {
  expect(parseHardware(text)).toEqual({ ok: true, value });
});

test.each(['CPU', 't4 small', 't4_small', '-t4', 't4-', 't4--small'])('%j is no hardware', (text) => {
  expect(parseHardware(text)).toEqual({
    ok: false,
    problems: [
      {
        what: `${JSON.stringify(text)} is not the name of a hardware flavor.`,
        fix: 'Write it as the Hub does: cpu-basic, cpu-upgrade, t4-small, a10g-small, zero-a10g.',
      },
    ],
  });
});

test.each([
  ['', undefined],
  ['-1', -1],
  ['3600', 3600],
])('a sleep time of %j', (text, value) => {
  expect(parseSleepTime(text)).toEqual({ ok: true, value });
});

test.each(['0', '-2', '1h', '1.5', '01', '1e3'])('%j is no sleep time', (text) => {
  expect(parseSleepTime(text)).toEqual({
    ok: false,
    problems: [
      {
        what: `${JSON.stringify(text)} is not a number of seconds.`,
        fix: 'Write whole seconds without a visit, as 3600, or -1 for never.',
      },
    ],
  });
});

test.each<[Parameters<typeof hardwareProblems>[0], Sdk | undefined, readonly string[]]>([
  [{}, 'static', []],
  [{ hardware: 't4-small', sleepTimeSeconds: 60 }, 'docker', []],
  [{ hardware: 'zero-a10g' }, 'gradio', []],
  [{ hardware: 'zero-a10g' }, undefined, []],
  [{ hardware: 'zerogpu' }, 'streamlit', ['input `hardware`']],
  [{ hardware: 't4-small', sleepTimeSeconds: 60 }, 'static', ['input `hardware`']],
  [{ sleepTimeSeconds: 60 }, 'static', ['input `sleep-time`']],
  [{ hardware: 'cpu-basic', sleepTimeSeconds: 60 }, 'docker', ['input `sleep-time`']],
])('%j for a Space that is %j', (wish, sdk, where) => {
  expect(hardwareProblems(wish, sdk).map((problem) => problem.where)).toEqual(where);
});

test.each([
  ['cpu-basic', false],
  ['zero-a10g', false],
  ['zerogpu', false],
  ['cpu-upgrade', true],
  ['a-flavor-of-tomorrow', true],
])('%s is paid for: %j', (hardware, paid) => {
  expect(isPaid(hardware)).toBe(paid);
});
