import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const README = readFileSync('__tests__/README.md', 'utf8');

test('__tests__/README.md says of every folder what belongs there', () => {
  const folders = readdirSync('__tests__', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows = [...README.matchAll(/^\| `([\w-]+)\/` \|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(folders.map(({ name }) => name).sort());
});

test('every file that __tests__/README.md names is there', () => {
  const named = [...README.matchAll(/`([\w./-]+\.[jt]s)`/g)].flatMap(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(`__tests__/${path}`) && !existsSync(path))).toEqual([]);
});
