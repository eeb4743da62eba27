import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from '../scenarios/support/apps.ts';
import { createWorkspace } from '../scenarios/support/workspace.ts';
import { runOnTerminal, typeOnce } from './support/on-terminal.ts';
import { runCommand } from './support/run-command.ts';

const LINTERS = '__tests__/workflows/support/linters.js';

function findings(path: string): unknown {
  return Object.values(JSON.parse(execFileSync(process.execPath, [LINTERS, path], { encoding: 'utf8' })));
}

function written(directory: string) {
  return {
    config: readFileSync(join(directory, 'spaceport.yml'), 'utf8'),
    workflow: readFileSync(join(directory, '.github/workflows/spaceport.yml'), 'utf8'),
  };
}

test.each([
  ['with staging', ['--staging']],
  ['production alone', []],
])('without a terminal the flags answer, and what is written lints clean: %s', async (_, args) => {
  const workspace = createWorkspace(staticSite('1'));
  const { directory } = workspace;
  const run = await runCommand(['init', '--space', 'me/site', ...args], { cwd: directory });
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect({ printed: run.stdout, ...written(directory) }).toMatchSnapshot();
  expect(findings(join(directory, '.github/workflows/spaceport.yml'))).toEqual([[]]);
  // The file is right: a plan with it is made, on a Hub of this machine.
  const rehearsed = await runCommand(
    ['rehearse', '--engine', 'process', ...(args.length > 0 ? ['--environment', 'staging'] : [])],
    {
      cwd: directory,
    },
  );
  expect(rehearsed.stdout).toMatch(/✓ deployed in /);
  // git does not track it yet, and that is nothing to warn of.
  expect(rehearsed.stdout).not.toMatch(/spaceport\.yml" matches no file/);
  const again = await runCommand(['init', '--space', 'me/site'], { cwd: directory });
  expect({ exitCode: again.exitCode, stderr: again.stderr }).toEqual({
    exitCode: 2,
    stderr: 'spaceport.yml is there already, and is not overwritten.\nFix: Change it by hand, or move it away first.\n',
  });
  workspace.remove();
});

test('without a terminal, what nothing says is wrong usage', async () => {
  const workspace = createWorkspace({ 'main.py': 'print(1)\n' });
  const call = (...args: readonly string[]) => runCommand(['init', ...args], { cwd: workspace.directory });
  expect((await call('--space', 'me/app')).stderr).toMatch(
    /^Nothing in the directory says what kind of Space it is\. Which one\?\nFix: Choose it with --sdk/,
  );
  expect((await call('--sdk', 'docker')).stderr).toBe(
    'Which Space, as owner/name? It is made by the first deployment.\nFix: Name it with --space.\n',
  );
  expect((await call('--sdk', 'docker', '--space', 'nonsense')).exitCode).toBe(2);
  expect((await call('--sdk', 'php', '--space', 'me/app')).exitCode).toBe(2);
  workspace.remove();
});

test('an app.py that imports Gradio says what kind of Space it is', async () => {
  const workspace = createWorkspace({ 'app.py': 'import gradio as gr\n', 'requirements.txt': 'gradio\n' });
  const run = await runCommand(['init', '--space', 'me/demo'], { cwd: workspace.directory });
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(written(workspace.directory).config).toMatch(/\n {2}sdk: gradio\n/);
  workspace.remove();
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s at a question ends it, and nothing is written', async (_, typed) => {
  const workspace = createWorkspace(staticSite('1'));
  const run = await runOnTerminal(['init'], {
    cwd: workspace.directory,
    answer: typeOnce(/Which Space, as owner\/name/, typed),
  });
  expect(run.raw).toMatch(/Nothing was written, because a question has no answer\.\r\n$/);
  expect({ exitCode: run.exitCode, isThere: existsSync(join(workspace.directory, 'spaceport.yml')) }).toEqual({
    exitCode: 1,
    isThere: false,
  });
  workspace.remove();
});

test('on a terminal it asks four questions at most', async () => {
  const workspace = createWorkspace({ ...under('api', dockerApp('1')), ...under('web', staticSite('1')) });
  const { directory } = workspace;
  const answers = [
    [/Which directory is deployed\?[\s\S]*web/, '\u001b[B\r'],
    [/Which Space, as owner\/name/, 'me/web\r'],
    [/Also a staging Space me\/web-staging/, 'y'],
  ] as const;
  let next = 0;
  const run = await runOnTerminal(['init'], {
    cwd: directory,
    answer: (seen) => {
      const [when, typed] = answers[next] ?? [/$^/, ''];
      if (!when.test(seen)) return undefined;
      next++;
      return typed;
    },
  });
  expect({ exitCode: run.exitCode, asked: next }).toEqual({ exitCode: 0, asked: 3 });
  const { config, workflow } = written(directory);
  expect(config).toMatch(
    / {2}path: "web"\n {2}sdk: static\n\nenvironments:\n {2}staging:\n {4}space: me\/web-staging\n/,
  );
  expect(workflow).toMatch(/ {2}production:\n {4}needs: staging\n/);
  workspace.remove();
});

function under(directory: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${directory}/${path}`, content]));
}
