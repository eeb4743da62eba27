import { expect, test } from '@jest/globals';
import { GitLauncher } from '../../../emulator/git/git-launcher.ts';

const VERSION = { cwd: '/', args: ['--version'], env: {}, input: [], isLongRunning: false };

test('what is ordered while the last process ends is done by a new one', async () => {
  const launcher = new GitLauncher();
  const release = launcher.hold();
  await launcher.run(VERSION);

  const ended = release();
  const releaseAgain = launcher.hold();
  const report = await launcher.run(VERSION);

  expect([report.status, report.err]).toEqual([0, '']);
  await ended;
  await releaseAgain();
});
