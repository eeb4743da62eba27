import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';

const NAMES = 'space-url, plan, app-url, commit, digest, stage, result, changed, created, rolled-back';

test.concurrent.each([
  ['/nonexistent/summary', /^Cause: Unable to access summary file/m],
  ['/', /^Cause: EISDIR/m],
])('a deployment is none the worse for a summary that cannot be written to %s', async (file, cause) => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({}, { env: { GITHUB_STEP_SUMMARY: file } });

  expect([run.exitCode, run.errors, run.outputs['result']]).toEqual([0, [], 'deployed']);
  expect(run.warnings).toEqual([
    expect.stringMatching(/^The job summary could not be written; the log has all of it\.$/m),
  ]);
  expect(run.warnings[0]).toMatch(cause);
  expect(run.log).not.toMatch(/^\s+at /m);
});

test.concurrent.each([
  ['/nonexistent/output', 'Missing file at path: /nonexistent/output'],
  ['/', "EISDIR: illegal operation on a directory, open '/'"],
])('outputs that cannot be written to %s are an error at the end, after all else was done', async (file, cause) => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({}, { env: { GITHUB_OUTPUT: file } });

  expect(run.exitCode).toBe(1);
  expect(run.errors).toEqual([
    [
      `The outputs of this step could not be written, so later steps would read nothing: ${NAMES}. All else was done as this log says.`,
      'Where: the file that GITHUB_OUTPUT names',
      `Cause: ${cause}`,
      'Fix: Let GITHUB_OUTPUT name a file that this step may write, as GitHub does where nobody changes it. Then run it again.',
    ].join('\n'),
  ]);
  expect(run.summary).toContain('✅ Deployed');
  expect((await lab.space().read('index.html')).toString()).toContain('one');
});
