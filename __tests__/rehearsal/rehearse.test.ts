import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { descendants, isAlive, type Rehearsal, startRehearsal } from './rehearsal-process.ts';
import { ANSWERING, tinyApp } from './tiny-app.ts';

const TABLE = /^environment +Space +result +commit +stages seen +time +requests +app$/m;
const ENDS_NOW =
  /\nThe local Hub and the apps end now\. Add --keep to leave them running, and open these addresses\.\n$/;

let directories: string[] = [];
let running: Rehearsal[] = [];

afterEach(async () => {
  for (const { process } of running) process.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  [directories, running] = [[], []];
});

function app(server: string): string {
  const directory = tinyApp(server);
  directories.push(directory);
  return directory;
}

function rehearse(...args: string[]): Rehearsal {
  const rehearsal = startRehearsal(...args);
  running.push(rehearsal);
  return rehearsal;
}

/**
 * Environment, Space, result and last stage of each row. Which of the other stages are seen depends on when the action
 * looks.
 */
function rows(stdout: string): readonly (readonly (string | undefined)[])[] {
  const lines = stdout.slice(stdout.search(TABLE)).split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return lines.map((line) => {
    const [environment, space, result, , stages = ''] = line.split(/ {2,}/);
    return [environment, space, result, stages.split(' → ').at(-1)];
  });
}

/** The summaries that the rehearsal leaves for a person to read; a test removes them. */
function summaries(stdout: string): readonly string[] {
  const files = stdout.match(/^ {2}\S+summary\.md$/gm)?.map((line) => line.trim()) ?? [];
  directories.push(...files.map((file) => dirname(dirname(file))));
  return files.map((file) => readFileSync(file, 'utf8'));
}

test('the example goes to staging, to production, and to staging again, where nothing changes', async () => {
  const { code, stdout, stderr } = await rehearse().ended;
  const [first = '', , again = ''] = summaries(stdout);

  expect({ code, stderr, rows: rows(stdout) }).toEqual({
    code: 0,
    stderr: '',
    rows: [
      ['staging', 'me/lead-scoring-api-staging', 'deployed', 'RUNNING'],
      ['production', 'me/lead-scoring-api', 'deployed', 'RUNNING'],
      ['staging', 'me/lead-scoring-api-staging', 'unchanged', 'RUNNING'],
    ],
  });
  expect(stdout).toMatch(/\/predict: score 0\.\d+, (hot|warm|cold)$/m);
  expect(stdout).not.toContain('::');
  expect(stdout).toMatch(
    /\nThe local Hub and the apps end now\. To leave them running, and open these addresses: npm start -- --keep\n$/,
  );
  expect(first).toContain('Deployed <code>me/lead-scoring-api-staging</code>');
  expect(again).toContain('Unchanged <code>me/lead-scoring-api-staging</code>');
}, 120_000);

test('any directory, with any input of the action', async () => {
  const path = app(ANSWERING);
  const inputs = [
    '--environment',
    'demo',
    '--health-path',
    '/',
    '--health-expect',
    'greeting=hello',
    '--health-expect',
    'environment=demo',
  ];
  const { code, stdout } = await rehearse(
    '--space',
    'somebody/tiny',
    '--path',
    path,
    '--variables',
    'GREETING=hello',
    ...inputs,
  ).ended;
  summaries(stdout);

  expect({ code, rows: rows(stdout) }).toEqual({ code: 0, rows: [['demo', 'somebody/tiny', 'deployed', 'RUNNING']] });
  expect(stdout).toMatch(ENDS_NOW);
});

test('the whole log contains no masked value and no workflow command', async () => {
  const path = app(
    "require('node:http').createServer((_, a) => a.end('ok')).listen(process.env.PORT); console.log(process.env.API_KEY)",
  );
  const { code, stdout } = await rehearse(
    '--verbose',
    '--path',
    path,
    '--health-path',
    '/',
    '--secrets',
    'API_KEY=open-sesame',
  ).ended;
  const [summary = ''] = summaries(stdout);

  expect(code).toBe(0);
  expect(stdout).toContain('COPY . .');
  expect(stdout).toMatch(/^ +200 POST \/api\/spaces\/me\/[\w-]+\/commit\/main$/m);
  for (const text of [stdout, summary]) expect(text).not.toMatch(/open-sesame|hf_me_write|::add-mask|::stop-commands/);
});

test('in a git work tree, untracked files are named and not deployed', async () => {
  const path = app(ANSWERING);
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
  ])
    execFileSync('git', args, { cwd: path });
  writeFileSync(join(path, 'forgotten.js'), '');
  const { code, stdout } = await rehearse('--path', path, '--health-path', '/', '--mode', 'plan').ended;
  const [summary = ''] = summaries(stdout);

  expect({ code, rows: rows(stdout).map(([, , result]) => result) }).toEqual({ code: 0, rows: ['planned'] });
  expect(stdout).toContain('Not deployed, because git does not track it: forgotten.js');
  expect(summary).not.toContain('forgotten.js');
});

test('an app that does not start: its own log, and exit code 1', async () => {
  const path = app("console.error('the moon is down'); process.exit(3)");
  const { code, stdout } = await rehearse('--space', 'me/tiny', '--path', path).ended;
  summaries(stdout);

  expect({ code, rows: rows(stdout) }).toEqual({
    code: 1,
    rows: [['production', 'me/tiny', 'failed', 'RUNTIME_ERROR']],
  });
  expect(stdout).toMatch(/✗ The new version did not start\n +RUNTIME_ERROR: .*the moon is down\n/);
  expect(stdout).toMatch(ENDS_NOW);
});

const HELP = 'Fix: npm start -- --help shows what there is.\n';

test.each([
  [['--bogus', 'x'], `Unknown option '--bogus'.\n${HELP}`],
  [['--helth-path', '/'], `Unknown option '--helth-path'. Did you mean --health-path?\n${HELP}`],
  [['--kep'], `Unknown option '--kep'. Did you mean --keep?\n${HELP}`],
  [
    ['../apps/static'],
    `Unexpected argument '../apps/static'.
Fix: If you wrote a flag before it, npm kept that for itself. Write -- before the flags: npm start -- --path ../apps/static
`,
  ],
  [
    ['my app'],
    `Unexpected argument 'my app'.
Fix: If you wrote a flag before it, npm kept that for itself. Write -- before the flags: npm start -- --path "my app"
`,
  ],
  [['--hub-url', 'https://huggingface.co', '--path', '.'], `Unknown option '--hub-url'.\n${HELP}`],
  [['--variables', 'A=b'], '--variables needs --path, the directory to rehearse, or --space.\n'],
  [['--path', '.', '--engine', 'magic'], '--engine is one of auto, docker, podman, process, not magic.\n'],
])('%j is refused, with what to do', async (args, stderr) => {
  expect(await rehearse(...args).ended).toEqual({ code: 2, stdout: '', stderr });
});

test('a missing directory is refused', async () => {
  const { code, stderr } = await rehearse('--path', '/nowhere/at-all').ended;
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'There is no directory /nowhere/at-all.\n' });
});

test('--keep answers until Ctrl-C, and leaves no process', async () => {
  const rehearsal = rehearse('--keep', '--space', 'me/tiny', '--path', app(ANSWERING), '--health-path', '/');
  const stdout = await rehearsal.printed('Ctrl-C ends everything.');
  summaries(stdout);
  const hubUrl = /^The local Hub keeps running: (\S+)$/m.exec(stdout)?.[1] ?? '';
  const appUrl = /^ {2}app +(\S+)$/m.exec(stdout)?.[1] ?? '';
  const processes = descendants(rehearsal.process.pid ?? 0);

  expect(await (await fetch(appUrl)).json()).toEqual({ environment: 'production' });
  expect((await fetch(`${hubUrl}/spaces/me/tiny`)).status).toBe(200);
  expect(processes.length).toBeGreaterThan(0);

  rehearsal.process.kill('SIGINT');
  const ended = await rehearsal.ended;
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).not.toContain('end now');
  expect(processes.filter(isAlive)).toEqual([]);
  await expect(fetch(hubUrl)).rejects.toThrow('fetch failed');
});

test('an interrupted deployment is a cancelled job', async () => {
  const rehearsal = rehearse('--path', app(ANSWERING));
  await rehearsal.printed('BUILDING');
  const processes = descendants(rehearsal.process.pid ?? 0);
  // npm passes on the signal that the terminal has sent already.
  rehearsal.process.kill('SIGINT');
  setTimeout(() => rehearsal.process.kill('SIGINT'), 20);

  const { code, stdout } = await rehearsal.ended;
  summaries(stdout);
  expect(code).toBe(130);
  expect(stdout).toContain('✗ Cancelled');
  expect(processes.filter(isAlive)).toEqual([]);
});
