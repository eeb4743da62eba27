import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const CONTRACT = 'docs/hub-contract.md';
/** Where the Hub's protocol is spoken of: the code, its tests, and the pages about it. */
const CITING = ['src', 'emulator', '__tests__', 'scripts', 'examples', 'docs', 'README.md', 'CONTRIBUTING.md'];

const headings = new Set(
  [...readFileSync(CONTRACT, 'utf8').matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number),
);
const files = execFileSync('git', ['ls-files', ...CITING], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(c?ts|js|md|py|sh)$/.test(file) && file !== CONTRACT);
const texts = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));

test('every cited section of the Hub contract has a heading', () => {
  const cited = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/§(\d+(?:\.\d+)?)/g)].map(([, section]) => ({ file, section })),
  );
  expect(cited.length).toBeGreaterThan(100);
  expect(cited.filter(({ section = '' }) => !headings.has(section))).toEqual([]);
});

test('the Hub contract is cited in one spelling: hub-contract §13.2, §19', () => {
  const rows = /^\| `[A-Z]+ .*$/gm;
  const wrong = texts.flatMap(({ file, text }) => {
    const cited = (file === 'emulator/README.md' ? text.replaceAll(rows, '') : text).split('\n');
    return cited
      .filter((line) => /HUB_CONTRACT|hub-contract \d/.test(line) || lonely(line))
      .map((line) => ({ file, line: line.trim() }));
  });
  expect(wrong.filter(({ file }) => file !== '__tests__/contract/citations.test.ts')).toEqual([]);
});

/** A section sign that no `hub-contract` introduces. */
function lonely(line: string): boolean {
  return /§\d/.test(line.replaceAll(/hub-contract §\d+(?:\.\d+)?(?:(?:,| and) §\d+(?:\.\d+)?)*/g, ''));
}
