import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ShellCommand, type ShellEnd, systemShell } from '../../../src/edges/shell.ts';

let place: string;
const saved = { ...process.env };
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'spaceport-shell-'));
  process.env['RUNNER_TEMP'] = place;
});
afterEach(() => {
  process.env = { ...saved };
  rmSync(place, { recursive: true, force: true });
});

/** What a command printed, how it ended, and how long that took. */
async function run(script: string, values: Partial<ShellCommand> = {}) {
  const begun = performance.now();
  const lines: string[] = [];
  const command = {
    script,
    directory: place,
    variables: {},
    tokens: [],
    deadlineMs: 60_000,
    signal: new AbortController().signal,
  };
  const running = systemShell({ ...command, ...values });
  let end: ShellEnd | undefined;
  while (end === undefined) {
    const { done, value } = await running.next();
    if (done) end = value;
    else lines.push(...value);
  }
  return { lines, end, tookMs: performance.now() - begun };
}

test('it runs in the workspace, with what it is told, and its lines are given', async () => {
  const { lines, end } = await run('pwd; echo "$APP_URL"; echo wrong >&2; printf "no end"', {
    variables: { APP_URL: 'https://app.example' },
  });
  expect([[...lines].sort(), end]).toEqual([
    [place, 'https://app.example', 'no end', 'wrong'].sort(),
    { kind: 'exited', code: 0 },
  ]);
});

test.each([
  ['its own exit code', 'exit 7', { kind: 'exited', code: 7 }],
  ['the first command that fails', 'false\necho on', { kind: 'exited', code: 1 }],
  ['one that fails in a pipe', 'false | cat', { kind: 'exited', code: 1 }],
  ['a name that is no command', 'no-such-command', { kind: 'exited', code: 127 }],
  ['a signal', 'kill -KILL $$', { kind: 'killed', by: 'SIGKILL' }],
])('it ends with %s', async (_, script, end) => {
  expect((await run(script)).end).toEqual(end);
});

test('nothing of a token is in its environment, under whatever name, nor in its arguments', async () => {
  const token = 'hf_the_token_of_the_run';
  Object.assign(process.env, {
    HF_TOKEN: token,
    HUGGING_FACE_HUB_TOKEN: 'hf_other',
    'INPUT_DATABASE-URL': 'postgres://x',
    INPUT_TOKEN: token,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://id.example',
    GITHUB_TOKEN: 'ghs_x',
    GITHUB_OUTPUT: '/x',
    ELSEWHERE: `Bearer ${token}`,
    ENCODED: Buffer.from(token).toString('base64'),
    MINE: 'stays',
  });
  const { lines } = await run('env; tr "\\0" " " < /proc/$$/cmdline', { tokens: [token] });
  const text = lines.join('\n');
  expect(text).toContain('MINE=stays');
  expect(text).not.toMatch(/HF_TOKEN|HUGGING|INPUT_|ACTIONS_|GITHUB_TOKEN|GITHUB_OUTPUT|ELSEWHERE|ENCODED|hf_|tr "/);
});

test('at its time it ends with all that it started, which was asked to end first', async () => {
  const script =
    'trap "echo asked >> asked; exit" TERM; (trap "" TERM; while true; do date +%s%N > alive; sleep 0.05; done) & wait';
  const { end, tookMs } = await run(script, { deadlineMs: 300 });
  expect([end, readFileSync(join(place, 'asked'), 'utf8')]).toEqual([{ kind: 'timed-out' }, 'asked\n']);
  expect(tookMs).toBeLessThan(12_000);
  const last = readFileSync(join(place, 'alive'), 'utf8');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(readFileSync(join(place, 'alive'), 'utf8')).toBe(last);
});

test('a cancelled job ends it, and the run is over', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('cancelled')), 200);
  await expect(run('sleep 60', { signal: stop.signal })).rejects.toThrow('cancelled');
  expect(readdirSync(place)).toEqual([]);
});

test('what it leaves behind does not keep it open, and ends with it', async () => {
  const { lines, end, tookMs } = await run(
    '(while true; do date +%s%N > alive; sleep 0.05; done) & sleep 0.2; echo done',
  );
  expect([lines, end]).toEqual([['done'], { kind: 'exited', code: 0 }]);
  expect(tookMs).toBeLessThan(8_000);
  const last = readFileSync(join(place, 'alive'), 'utf8');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(readFileSync(join(place, 'alive'), 'utf8')).toBe(last);
});

test('a flood of lines, and a line without an end, fill neither memory nor log', async () => {
  const flood = await run('head -c 50000000 /dev/zero | tr "\\0" "a"; echo; (yes "a line" || true) | head -n 200000');
  expect(flood.end).toEqual({ kind: 'exited', code: 0 });
  expect([flood.lines[0]?.length, flood.lines.length, flood.lines.at(-1)]).toEqual([
    1,
    5_001,
    '… the output goes on; no more of it is shown.',
  ]);
});
