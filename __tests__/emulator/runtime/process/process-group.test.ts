import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { nodeApp, rig } from '../rig.ts';

/** An app that will not end on SIGTERM and has a child of its own; it answers both process ids. */
const STUBBORN = `import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
process.on('SIGTERM', () => {});
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
createServer((_, response) => response.end(process.pid + ' ' + child.pid)).listen(process.env.PORT);`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await delay(10);
}

test('nothing survives close, neither an app that ignores SIGTERM nor its children', async () => {
  let pids: number[];
  {
    await using it = await rig();
    it.push({ ...nodeApp('one'), 'server.mjs': STUBBORN });
    await it.until('RUNNING');
    pids = (await it.get('/')).body.split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
  }
  await gone(pids);
}, 20_000);

test('close during a build ends the build', async () => {
  await using it = await rig();
  it.push(nodeApp('one', "FROM node:24\nRUN node -e 'console.log(process.pid); setInterval(() => {}, 1000)'\n"));
  const pid = await new Promise<number>((resolve) => {
    it.space.buildLog.subscribe(({ data }) => {
      if (/^\d+$/.test(data.trim())) resolve(Number(data));
    });
  });
  await it.space.close();
  await gone([pid]);
});

test('the apps die with the emulator, even when it is killed', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'orphans-'));
  const rigUrl = new URL('../rig.ts', import.meta.url).href;
  const script = `const { rig } = await import(${JSON.stringify(rigUrl)});
const it = await rig({ workDir: ${JSON.stringify(directory.path)} });
it.push(${JSON.stringify({ ...nodeApp('one'), 'server.mjs': STUBBORN })});
await it.until('RUNNING');
console.log((await it.get('/')).body);`;
  const emulator: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!emulator.stdout) throw new Error('no output');
  const [line] = (await once(createInterface({ input: emulator.stdout }), 'line')) as [string];
  const pids = line.split(' ').map(Number);
  expect(pids.map(isAlive)).toEqual([true, true]);
  emulator.kill('SIGKILL');
  await gone(pids);
});
