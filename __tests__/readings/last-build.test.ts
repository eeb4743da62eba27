import { expect, test } from '@jest/globals';
import { dockerApp } from '../scenarios/support/apps.ts';
import type { Deployed } from './support/lab.ts';
import { openReadingsLab } from './support/lab.ts';

/** The lines of a wait for a build, which begin with a time that differs each time. */
const waits = ({ heard }: Deployed) => heard.filter((line) => /BUILDING for .* so far/.test(line));
const LAST = /so far; the last build took \d[\d.]*(ms|s)(;|$)/;

test.concurrent.each(['a', 'b', 'c'] as const)(
  'while it is built, the time of the last build is told: U9%s',
  async (U9) => {
    await using lab = await openReadingsLab({ U9 }, { buildMs: 1_500 });
    const first = await lab.deploy(dockerApp('1'), { visibility: 'public' });
    const second = await lab.deploy(dockerApp('2'));
    expect([first.errors, second.errors, waits(second).length > 0]).toEqual([[], [], true]);
    expect(waits(first).filter((line) => line.includes('last build'))).toEqual([]);
    // A log that appears at the end of a build has all its lines at once.
    if (U9 !== 'c') expect(waits(second).filter((line) => !LAST.test(line))).toEqual([]);
  },
);
