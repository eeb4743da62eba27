import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { filesBelow, importsOf, packagesFrom } from './support/imports.ts';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'spaceport-bundle-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('dist is what the build makes of the sources', () => {
  const fresh = join(place, 'dist');
  const PATH = `${resolve('node_modules/.bin')}:${process.env['PATH']}`;
  execFileSync(process.execPath, ['scripts/bundle/main.ts', fresh], { env: { ...process.env, PATH } });
  expect(readdirSync(fresh)).toEqual(readdirSync('dist'));
  for (const file of readdirSync('dist')) {
    expect(readFileSync(join(fresh, file)).equals(readFileSync(join('dist', file)))).toBe(true);
  }
});

test('it is one file that needs no node_modules, and names the licence of all that is in it', () => {
  expect(readdirSync('dist')).toEqual(['index.js', 'licenses.txt', 'package.json']);
  const licences = readFileSync('dist/licenses.txt', 'utf8').split('\n');
  const packages = packagesFrom('src/index.ts', importsOf(filesBelow('src')));
  expect(packages.length).toBeGreaterThan(5);
  expect(packages.filter((name) => !licences.includes(name))).toEqual([]);
  cpSync('dist', join(place, 'alone'), { recursive: true });
  const { status, stdout } = spawnSync(process.execPath, ['index.js'], {
    cwd: join(place, 'alone'),
    env: {},
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/No Space is named\./);
});
