import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quickNode } from '../../scenarios/support/quick-node.ts';

const BUILT = fileURLToPath(new URL('../../../build', import.meta.url));

/** What one call of the command did that anybody can see. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another program than the built one, such as that of an installed package. */
  readonly program?: string | undefined;
  /** Another Node than this one. */
  readonly node?: string | undefined;
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the built command with its output in pipes, in an environment that has nothing of this machine's user. */
export async function runCommand(
  args: readonly string[],
  { cwd, env = {}, program, node = process.execPath, onStart }: CommandOptions,
): Promise<CommandRun> {
  const child = spawn(node, [...quickNode(), program ?? commandFile(), ...args], {
    cwd,
    env: { ...bareEnvironment(cwd, node), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (printed.stdout += chunk));
  child.stderr.on('data', (chunk) => (printed.stderr += chunk));
  onStart?.(child);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, ...printed };
}

/** No token and no CI system: what there is, a test gives. */
export function bareEnvironment(home: string, node = process.execPath): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  return { PATH: `${dirname(node)}:${PATH}`, HOME: home, NODE_COMPILE_CACHE };
}

let alone: string | undefined;

/** The command far from any node_modules. */
export function commandFile(): string {
  if (alone === undefined) {
    if (!existsSync(join(BUILT, 'command/index.js'))) throw new Error('There is no build/command. Fix: npm run build');
    const place = mkdtempSync(join(tmpdir(), 'spaceport-command-'));
    process.once('exit', () => rmSync(place, { recursive: true, force: true }));
    for (const bundle of ['command', 'local-hub'])
      cpSync(join(BUILT, bundle), join(place, bundle), { recursive: true });
    alone = join(place, 'command/index.js');
  }
  return alone;
}
