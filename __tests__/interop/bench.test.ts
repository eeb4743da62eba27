import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('the benchmark takes every situation with every tool, and each of them deploys', () => {
  const counts = ['--few', '5', '--several', '7', '--many', '9'];
  const sizes = ['--runs', '1', ...counts, '--large-mb', '11', '--links', '1'];
  const printed = execFileSync(process.execPath, ['scripts/bench/main.ts', ...sizes], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const headings = [...printed.matchAll(/^### (.*)$/gm)].map(([, title]) => title);
  const changes = ['first deployment', 'nothing changed', 'one changed'];
  const situations = (counts: readonly number[], where: string) =>
    counts.flatMap((count) => changes.map((change) => `${count} files, ${change}, ${where}`));
  expect(headings).toEqual([
    'Targets',
    'Round trips, one after the other',
    ...situations([5, 7], '1 ms'),
    ...situations([5, 9], 'on loopback'),
    'one file of 11 MB, first deployment, on loopback',
  ]);
  // The table of targets before it names ratios, not tools.
  const figures = printed.slice(printed.indexOf('### Round trips'));
  const tools = [...figures.matchAll(/^\| (\S[^|]*?) \| [\d.]+ \(/gm)].map(([, tool]) => tool);
  expect(new Set(tools)).toEqual(new Set(['Spaceport', 'hf upload', 'upload_folder', 'git push', 'hub-sync']));
  expect(printed).not.toContain('NaN');
});
