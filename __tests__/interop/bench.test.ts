import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('the benchmark takes every situation with every tool, and each of them deploys', () => {
  const sizes = ['--runs', '1', '--few', '5', '--many', '9', '--large-mb', '11'];
  const printed = execFileSync(process.execPath, ['scripts/bench/main.ts', ...sizes], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const headings = [...printed.matchAll(/^### (.*)$/gm)].map(([, title]) => title);
  expect(headings).toEqual([
    '5 files, first deployment',
    '5 files, nothing changed',
    '9 files, first deployment',
    '9 files, nothing changed',
    '9 files, one changed',
    'one file of 11 MB, first deployment',
    'Targets',
  ]);
  const tools = [...printed.matchAll(/^\| (\S[^|]*?) \| [\d.]+ \(/gm)].map(([, tool]) => tool);
  expect(new Set(tools.slice(0, 5))).toEqual(
    new Set(['Spaceport', 'hf upload', 'upload_folder', 'git push', 'hub-sync']),
  );
  expect(printed).not.toContain('NaN');
});
