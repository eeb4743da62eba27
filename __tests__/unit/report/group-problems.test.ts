import { expect, test } from '@jest/globals';
import { groupProblems } from '../../../src/report/group-problems.ts';

const pointer = (path: string) => ({
  where: path,
  what: `"${path}" is a Git LFS pointer, not the file.`,
  fix: 'Check out with `lfs: true`.',
});

test('problems that differ only in their place are one, with a count and the first ten places', () => {
  const paths = Array.from({ length: 300 }, (_, index) => `data/${index}.bin`);
  expect(groupProblems(paths.map(pointer))).toEqual([
    {
      where: `${paths.slice(0, 10).join(', ')} and 290 more`,
      what: '"data/0.bin" is a Git LFS pointer, not the file. 299 more have the same problem.',
      fix: 'Check out with `lfs: true`.',
    },
  ]);
});

test('others stay as they are, in their order', () => {
  const problems = [
    pointer('a.bin'),
    { where: 'input `space`', what: '"x" is not the name of a Space.' },
    { what: 'It broke.', where: 'Space me/app', evidence: ['line'] },
    { what: 'It broke.', where: 'Space me/app', evidence: ['another line'] },
    pointer('b.bin'),
  ];
  expect(groupProblems(problems)).toEqual([
    {
      ...pointer('a.bin'),
      where: 'a.bin, b.bin',
      what: '"a.bin" is a Git LFS pointer, not the file. One more has the same problem.',
    },
    problems[1],
    problems[2],
    problems[3],
  ]);
});

test('the same problem told twice is told once', () => {
  expect(groupProblems([pointer('a.bin'), pointer('a.bin')])).toEqual([pointer('a.bin')]);
});

test('the same sentence of two places that it does not name stays two problems', () => {
  const problems = [
    { where: 'input `promoted-from`', what: 'me/app is the Space that is deployed to.' },
    { where: 'input `isolated-from`', what: 'me/app is the Space that is deployed to.' },
  ];
  expect(groupProblems(problems)).toEqual(problems);
});

test('a place that happens to be a word of the sentence does not join two kinds', () => {
  const problems = [
    { where: 'a', what: 'a is missing.' },
    { where: 'b', what: 'b is too large.' },
  ];
  expect(groupProblems(problems)).toEqual(problems);
});
