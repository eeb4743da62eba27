import { expect, test } from '@jest/globals';
import { nodeApp, rig } from '../rig.ts';

test('the build log begins with the short sha of the commit, and holds the last build until the next begins', async () => {
  await using it = await rig({ pace: { stageLagMs: 50, buildMs: 40 } });
  const first = it.push(nodeApp('one'));
  await it.until('RUNNING');
  const lines = () => it.space.buildLog.lines.map((line) => line.data);
  expect(lines()[0]).toMatch(
    new RegExp(
      `^===== Build Queued at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d / Commit SHA: ${first.slice(0, 7)} =====\\n$`,
    ),
  );
  expect(lines().slice(1, 3)).toEqual(['--> FROM node:24\n', 'DONE 0.0s\n']);
  const second = it.push(nodeApp('two'));
  expect(lines()[0]).toContain(first.slice(0, 7));
  await it.until('RUNNING_BUILDING');
  await it.until('RUNNING');
  expect(lines()[0]).toContain(second.slice(0, 7));
});

test('the run log has what the app prints, in order, and tells its followers', async () => {
  await using it = await rig();
  const followed: string[] = [];
  const stop = it.space.runLog.subscribe((line) => followed.push(line.data));
  it.push({ ...nodeApp('one'), 'server.mjs': `console.error('to stderr');\n${nodeApp('one')['server.mjs']}` });
  await it.until('RUNNING');
  const lines = it.space.runLog.lines;
  expect(lines[0]?.data).toMatch(/^===== Application Startup at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d =====\n$/);
  expect(lines[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(
    lines
      .slice(1)
      .map((line) => line.data)
      .sort(),
  ).toEqual(['hello from one', 'to stderr']);
  expect(followed).toEqual(lines.map((line) => line.data));
  stop();
  it.space.restart({ factory: false });
  await it.until('RUNNING');
  expect(followed).toHaveLength(lines.length);
});
