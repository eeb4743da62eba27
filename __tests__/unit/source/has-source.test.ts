import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { hasSource } from '../../../src/source/has-source.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'spaceport-has-source-'));
});
afterEach(() => rmSync(place, { recursive: true }));

test.each<[string, readonly string[], string, boolean]>([
  ['nothing', [], '.', false],
  ['a directory that is not there', [], 'app', false],
  ['what a job left behind', ['report.json'], '.', false],
  ['an app', ['Dockerfile'], '.', true],
  ['a repository', ['.git/HEAD', 'main.py'], '.', true],
  ['a directory of a repository', ['.git/HEAD', 'app/main.py'], 'app', true],
  ['an empty directory of a repository', ['.git/HEAD', 'app/.keep'], 'other', false],
])('%s', async (_, files, directory, expected) => {
  for (const file of files) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), '');
  }
  expect(await hasSource(join(place, directory))).toBe(expected);
});
