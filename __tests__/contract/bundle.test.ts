import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'spaceport-bundle-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('dist is what the build makes of the sources', () => {
  const fresh = join(place, 'dist');
  const PATH = `${resolve('node_modules/.bin')}:${process.env['PATH']}`;
  execFileSync(process.execPath, ['scripts/build.ts', fresh], { env: { ...process.env, PATH } });
  expect(readdirSync(fresh)).toEqual(readdirSync('dist'));
  for (const file of readdirSync('dist')) {
    expect(readFileSync(join(fresh, file)).equals(readFileSync(join('dist', file)))).toBe(true);
  }
});

test('it is one file that needs no node_modules, and names the licence of all that is in it', () => {
  expect(readdirSync('dist')).toEqual(['index.js', 'licenses.txt', 'package.json']);
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  const licences = readFileSync('dist/licenses.txt', 'utf8').split('\n');
  expect(Object.keys(dependencies).filter((name) => !licences.includes(name))).toEqual([]);
  cpSync('dist', join(place, 'alone'), { recursive: true });
  const { status, stdout } = spawnSync(process.execPath, ['index.js'], {
    cwd: join(place, 'alone'),
    env: {},
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/No Space was named\./);
});

test('it starts and refuses about as fast as Node itself does', () => {
  cpSync('dist', join(place, 'fast'), { recursive: true });
  const took = (args: readonly string[]) => {
    const begun = performance.now();
    spawnSync(process.execPath, [...args], { cwd: join(place, 'fast'), env: {} });
    return performance.now() - begun;
  };
  // The fastest of several: whatever else the machine does only adds to it.
  let [bundle, node] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < 40 && (i < 5 || bundle / node >= 7); i++) {
    node = Math.min(node, took(['-e', '0']));
    bundle = Math.min(bundle, took(['index.js']));
  }
  expect(bundle / node).toBeLessThan(7);
});
