import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let place: string;
/** Where there is nothing to read: what it costs to look through files is not the start. */
let empty: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'spaceport-bundle-'));
  cpSync('dist', place, { recursive: true });
  empty = join(place, 'empty');
  mkdirSync(empty);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Has a Node process say at its end how much of a processor it used, in microseconds: waiting for one does not count. */
const METER = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('used ' + (user + system)); })",
)}`;

test('it starts and refuses with little more work than Node itself', () => {
  const used = (...args: readonly string[]) => {
    const { stderr } = spawnSync(process.execPath, ['--import', METER, ...args], {
      cwd: empty,
      env: {},
      encoding: 'utf8',
    });
    return Number(/used (\d+)$/.exec(stderr)?.[1]);
  };
  // In turns, and the least of several: whatever else the machine does only adds to it, so a busy one needs more of them.
  let [bundle, nothing] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 7 || (round < 100 && bundle / nothing >= 6); round++) {
    bundle = Math.min(bundle, used(join(place, 'index.js')));
    nothing = Math.min(nothing, used('-e', '0'));
  }
  expect(bundle / nothing).toBeLessThan(6);
});
