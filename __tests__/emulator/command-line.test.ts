import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parseCommandLine } from '../../emulator/command-line.ts';

const CLI = fileURLToPath(new URL('../../emulator/cli.ts', import.meta.url));

/** `npm run hub` with some arguments; they are such that it ends by itself. */
async function hub(...args: readonly string[]) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (printed.stdout += text));
  child.stderr.on('data', (text) => (printed.stderr += text));
  const [code] = await once(child, 'close');
  return { code, ...printed };
}

test.each([
  [[], { port: 7777, engine: 'auto', dataDir: undefined, readings: {} }],
  [['--port', '0', '--engine=process'], { port: 0, engine: 'process', dataDir: undefined, readings: {} }],
  [
    ['--data', 'kept', '--reading', 'U3=b', '--reading', 'U9=c'],
    { port: 7777, engine: 'auto', dataDir: 'kept', readings: { U3: 'b', U9: 'c' } },
  ],
])('%j is an order', (args, order) => {
  expect(parseCommandLine(args)).toEqual({ kind: 'start', ...order });
});

test.each([
  [['--port', 'abc'], '"abc" is not a port: those are numbers from 0 to 65535.'],
  [['--port', '70000'], '"70000" is not a port: those are numbers from 0 to 65535.'],
  [['--port', ''], '"" is not a port: those are numbers from 0 to 65535.'],
  [['--engine', 'magic'], '--engine is one of auto, docker, podman, process, not magic.'],
  [['--reading', 'later'], '--reading is written as U3=b, not later; emulator/README.md has all of them.'],
  [
    ['7791'],
    "Unexpected argument '7791'.\nFix: If you wrote a flag before it, npm kept that for itself. Write -- before the flags: npm run hub -- --port 7777",
  ],
])('%j is refused', (args, message) => {
  expect(parseCommandLine(args)).toEqual({ kind: 'refused', message });
});

test('--help has the flags that emulator/README.md has, and starts nothing', async () => {
  const { code, stdout, stderr } = await hub('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`npm run hub                  starts a local Hub on http://127.0.0.1:7777
npm run hub -- --port 7791   starts it on another port

  --port N        where it listens, on this machine only; 0 takes any that is free [7777]
  --data DIR      keeps the Spaces in DIR, secrets included; without it they are forgotten at the end
  --engine NAME   what builds and runs the apps: docker, podman, process (programs of this machine),
                  or auto: a container engine that answers, else process [auto]
  --reading U3=b  plays another reading of what is not known about the Hub; may be given again
  --help          this

emulator/README.md says more.
`);
});

test.each([
  [['--port', 'abc'], '"abc" is not a port: those are numbers from 0 to 65535.\n'],
  [['--port'], "Option '--port <value>' argument missing.\nFix: npm run hub -- --help shows what there is.\n"],
  [['--prot', '1'], "Unknown option '--prot'.\nFix: npm run hub -- --help shows what there is.\n"],
])('%j is wrong usage: a sentence, and exit code 2', async (args, stderr) => {
  expect(await hub(...args)).toEqual({ code: 2, stdout: '', stderr });
});

test('a port in use: which one, and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const run = await hub('--port', String(port), '--engine', 'process');
  other.close();
  expect(run).toEqual({
    code: 1,
    stdout: '',
    stderr: `Port ${port} is in use.\nFix: Choose another with --port; 0 takes any that is free.\n`,
  });
});
