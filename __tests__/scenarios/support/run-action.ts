import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quickNode } from './quick-node.ts';

/** What one run of the bundle did that anybody can see. */
export interface ActionRun {
  readonly exitCode: number | null;
  /** Everything printed, but for `::add-mask::` lines, which GitHub's runner keeps to itself. */
  readonly log: string;
  /** Values that it asked to be masked. */
  readonly masks: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Texts of the annotations, decoded, by level. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface RunOptions {
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the length of its waits is what the story is about; else they are a tenth as long. */
  readonly waits?: 'real';
  /** Called with the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));
const bundle = bundleAlone();

/** Runs the built bundle as GitHub's runner does: a process with inputs in its environment, far from any node_modules. */
export async function runAction({ inputs, workspace, env = {}, waits, onStart }: RunOptions): Promise<ActionRun> {
  const place = mkdtempSync(join(tmpdir(), 'spaceport-run-'));
  const files = { output: join(place, 'output'), summary: join(place, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const child = spawn(process.execPath, [...quickNode(waits), join(bundle, 'index.js')], {
    cwd: workspace,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: place,
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  onStart?.(child);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const run = {
    exitCode,
    ...parsed(printed),
    outputs: outputsIn(readFileSync(files.output, 'utf8')),
    summary: readFileSync(files.summary, 'utf8'),
  };
  rmSync(place, { recursive: true, force: true });
  return run;
}

/** The bundle far from any node_modules, one copy for all runs of the same bytes. */
function bundleAlone(): string {
  const hash = createHash('sha256')
    .update(readFileSync(join(DIST, 'index.js')))
    .digest('hex');
  const bundle = join(tmpdir(), `spaceport-bundle-${hash.slice(0, 16)}`);
  if (existsSync(bundle)) return bundle;
  const copy = mkdtempSync(`${bundle}-`);
  cpSync(DIST, copy, { recursive: true });
  try {
    renameSync(copy, bundle);
  } catch {
    // Another test file was quicker.
    rmSync(copy, { recursive: true });
  }
  return bundle;
}

function parsed(printed: string) {
  const lines = printed.split('\n');
  const isMask = (line: string) => line.startsWith('::add-mask::');
  const decoded = (text: string) =>
    text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%3A', ':').replaceAll('%25', '%');
  const annotations = (level: string) =>
    lines.flatMap((line) => new RegExp(`^::${level}(?: [^:]*)?::(.*)$`).exec(line)?.[1] ?? []).map(decoded);
  return {
    log: lines.filter((line) => !isMask(line)).join('\n'),
    masks: lines.filter(isMask).map((line) => decoded(line.slice('::add-mask::'.length))),
    errors: annotations('error'),
    warnings: annotations('warning'),
  };
}

/** Of outputs set twice the last counts, as on GitHub. */
function outputsIn(file: string): Record<string, string> {
  return Object.fromEntries(
    [...file.matchAll(/^([\w-]+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  );
}
