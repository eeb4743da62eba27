import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseReadings, type Readings } from '../../../emulator/readings.ts';
import { startSpaceRuntime } from '../../../emulator/runtime/space/start-space-runtime.ts';
import type { Pace, SpaceRuntime, StartSpaceRuntime, Volume } from '../../../emulator/space-runtime.ts';

export type Files = Readonly<Record<string, string>>;

export interface Rig extends AsyncDisposable {
  readonly space: SpaceRuntime;
  readonly variables: Record<string, string>;
  readonly secrets: Record<string, string>;
  /** What the engine said it cannot stand in for. */
  readonly notRehearsable: readonly string[];
  /** Makes a commit of these files and pushes it; answers its name. */
  push(files: Files, change?: { readonly onlyReadme: boolean }): string;
  /** Every stage seen from now on, without repetitions, until this one is reached. */
  until(stage: string): Promise<string[]>;
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
}

export interface RigOptions {
  readonly pace?: Partial<Pace>;
  readonly readings?: Partial<Readings>;
  readonly card?: Readonly<Record<string, unknown>>;
  readonly token?: string;
  readonly workDir?: string;
  readonly volumes?: readonly Volume[];
  /** Another engine than that of every machine. */
  readonly start?: StartSpaceRuntime;
}

const AT_ONCE: Pace = {
  buildMs: 0,
  startMs: 0,
  shaLagMs: 0,
  stageLagMs: 0,
  settingsLagMs: 300,
  startTimeoutMs: 10_000,
};

/** A Space whose commits are plain objects, in a directory of its own. */
export async function rig(options: RigOptions = {}): Promise<Rig> {
  const workDir = options.workDir ?? (await mkdtemp(join(tmpdir(), 'runtime-')));
  const commits: Files[] = [];
  const notRehearsable: string[] = [];
  const settings = {
    variables: {} as Record<string, string>,
    secrets: {} as Record<string, string>,
    volumes: options.volumes,
  };
  const filesOf = (commit: string) => commits[Number.parseInt(commit.slice(0, 7), 16) - 1] ?? {};
  const space = await (options.start ?? startSpaceRuntime)(
    {
      id: 'me/app',
      head: async () => nameOf(commits.length),
      checkout: (commit, into) => write(filesOf(commit), into),
      async writeFile(commit, path, to) {
        const content = filesOf(commit)[path];
        if (content !== undefined) await writeFile(to, content);
        return content !== undefined;
      },
      frontMatter: async () => options.card ?? { sdk: 'docker', title: 'An app' },
      settings: () => settings,
      mayVisit: (authorization) => options.token === undefined || authorization === `Bearer ${options.token}`,
    },
    {
      pace: { ...AT_ONCE, ...options.pace },
      readings: chooseReadings(options.readings),
      workDir,
      hubUrl: 'http://hub',
      onNotRehearsable: ({ reasons }) => notRehearsable.push(...reasons),
    },
  );
  return {
    space,
    notRehearsable,
    ...settings,
    push(files, change) {
      commits.push(files);
      space.pushed(nameOf(commits.length), change);
      return nameOf(commits.length);
    },
    async until(stage) {
      const seen: string[] = [];
      for (;;) {
        const now = space.answer().stage;
        if (seen.at(-1) !== now) seen.push(now);
        if (now === stage) return seen;
        if (notRehearsable.length > 0) return [...seen, 'not rehearsable'];
        if (/ERROR$/.test(now) && seen.length > 1) throw new Error(`${now}: ${space.answer().errorMessage}`);
        await delay(1);
      }
    },
    async get(path, headers = {}) {
      const response = await fetch(new URL(path, space.appUrl), { headers, redirect: 'manual' });
      return { status: response.status, body: await response.text() };
    },
    async [Symbol.asyncDispose]() {
      await space.close();
      if (options.workDir === undefined) await rm(workDir, { recursive: true, force: true });
    },
  };
}

/** The files of a docker Space whose app answers `text`. */
export function nodeApp(text: string, dockerfile?: string, more: Files = {}, answer?: string): Files {
  return {
    ...more,
    Dockerfile: dockerfile ?? 'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.mjs"]\n',
    'server.mjs': `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
console.log('hello from ${text}');
createServer((request, response) => {
  if (request.url === '/env') return response.end(JSON.stringify(process.env));
  if (request.url === '/headers') return response.end(JSON.stringify(request.headers));
  if (request.url === '/exit') process.exit(3);
  ${answer ?? `response.end('${text}')`};
}).listen(Number(process.env.PORT), '0.0.0.0');
`,
  };
}

async function write(files: Files, into: string): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(into, path)), { recursive: true });
    await writeFile(join(into, path), content);
  }
}

function nameOf(number: number): string {
  return number.toString(16).padStart(7, '0').padEnd(40, 'a');
}
