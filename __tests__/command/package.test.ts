import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { filesBelow, importsOf, packagesFrom } from '../contract/support/imports.ts';
import { dockerApp } from '../scenarios/support/apps.ts';
import { createWorkspace } from '../scenarios/support/workspace.ts';
import { openCommandLab } from './support/command-lab.ts';
import { type InstalledPackage, installPackage } from './support/install-package.ts';
import { runCommand } from './support/run-command.ts';

let installed: InstalledPackage;
beforeAll(() => {
  installed = installPackage();
});
afterAll(() => installed[Symbol.dispose]());

test('the package has the command, the local Hub, their licences, and nothing else', () => {
  const files = [...installed.files.keys()];
  expect(files.filter((path) => !/^build\/(command|local-hub)\//.test(path)).sort()).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
  ]);
  expect(files.filter((path) => path.startsWith('build/command/')).sort()).toEqual([
    'build/command/index.js',
    'build/command/licenses.txt',
    'build/command/package.json',
  ]);
  expect(files.filter((path) => /\.ts$|\.map$|node_modules|dist/.test(path))).toEqual([]);
  // Nothing is installed beside it: no Node, no library, no script that runs.
  expect(readdirSync(join(installed.directory, 'node_modules')).sort()).toEqual([
    '.bin',
    '.package-lock.json',
    'spaceport',
  ]);
  const own = join(installed.directory, 'node_modules/spaceport');
  const licences = (bundle: string) => readFileSync(join(own, 'build', bundle, 'licenses.txt'), 'utf8').split('\n');
  const lacking = (bundle: string, packages: readonly string[]) =>
    packages.filter((name) => !licences(bundle).includes(name));
  expect(lacking('command', packagesFrom('src/cli/index.ts', importsOf(filesBelow('src'))))).toEqual([]);
  const packages = packagesFrom('emulator/create-hub.ts', importsOf(filesBelow('emulator')));
  expect(lacking('local-hub', packages)).toEqual([]);
});

test('installed from its tarball into an empty directory, it deploys and rehearses', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const program = installed.program;
  const deployed = await story.call('deploy', [], { program });
  expect({ exitCode: deployed.exitCode, stderr: deployed.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(deployed.stdout).toMatch(/✓ deployed in /);
  const workspace = createWorkspace(dockerApp('1'));
  const rehearsed = await runCommand(['rehearse', '--engine', 'process'], { cwd: workspace.directory, program });
  workspace.remove();
  expect({ exitCode: rehearsed.exitCode, stderr: rehearsed.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(rehearsed.stdout).toMatch(/^A local Hub on http:\/\/127\.0\.0\.1:\d+: it needs no account/);
  expect(rehearsed.stdout).toMatch(/✓ deployed in /);
});
