import { expect, test } from '@jest/globals';
import { dockerApp } from '../scenarios/support/apps.ts';
import { createWorkspace } from '../scenarios/support/workspace.ts';
import { type CommandOptions, runCommand } from './support/run-command.ts';

const CRASHES = "console.error('Error: no model here'); process.exit(3);\n";
const END = '\nThe local Hub and the app end now. Add --keep to leave them running, and open these addresses.\n';

async function rehearse(server: string | undefined, args: readonly string[] = [], options?: Partial<CommandOptions>) {
  const workspace = createWorkspace(dockerApp('1', server));
  const run = await runCommand(['rehearse', '--engine', 'process', ...args], { cwd: workspace.directory, ...options });
  workspace.remove();
  return run;
}

test.concurrent.each([
  ['went well', undefined, 0],
  ['failed', CRASHES, 1],
])('a rehearsal that %s says that its addresses are gone, and how to keep them', async (_, server, exitCode) => {
  const run = await rehearse(server);
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode, stderr: '' });
  expect(run.stdout.slice(run.stdout.lastIndexOf('  commit'))).toMatch(/^ {2}commit [0-9a-f]{40}\n/);
  expect(run.stdout.endsWith(END)).toBe(true);
});

test.concurrent('with --json, it is no event', async () => {
  const run = await rehearse(undefined, ['--json']);
  expect(run.stderr.endsWith(END)).toBe(true);
  for (const line of run.stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ version: 1 });
});

test.concurrent('with --keep, nothing ends before Ctrl-C', async () => {
  const run = await rehearse(undefined, ['--keep'], {
    onStart: (child) => {
      child.stdout?.on('data', (data) => {
        if (String(data).includes('Ctrl-C ends everything.')) child.kill('SIGINT');
      });
    },
  });
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(run.stdout).not.toContain('end now');
});

test.concurrent('where nothing was deployed, there is no address to keep', async () => {
  const run = await rehearse(undefined, ['--timeout', 'soon']);
  expect(run.exitCode).toBe(2);
  expect(run.stdout).not.toContain('end now');
});
