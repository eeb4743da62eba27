import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Hub } from '../../emulator/api.ts';
import type { Link } from './link.ts';
import { TOKEN } from './local-hub.ts';
import type { Target, Tool } from './tools.ts';

/** What one run of a tool cost. */
export interface Measurement {
  /** Milliseconds from the start of the process to its end. */
  readonly ms: number;
  /** Milliseconds until the Hub had answered the request that made the last commit; absent when none was made. */
  readonly landedMs?: number;
  /** Milliseconds that its processes kept a core busy. Other work on the machine hardly changes it. */
  readonly cpuMs: number;
  readonly requests: number;
  /** Connections to the Hub; absent where there is no link that counts them. */
  readonly connections?: number | undefined;
  /** Bytes of all request bodies. */
  readonly bytesSent: number;
  /** Of the largest process. */
  readonly peakBytes: number;
}

/** What measured.py prints; `beganAt` in milliseconds since the epoch. */
interface Told extends Pick<Measurement, 'ms' | 'cpuMs' | 'peakBytes'> {
  readonly status: number;
  readonly beganAt: number;
}

const MEASURED = fileURLToPath(new URL('measured.py', import.meta.url));
const BIN = fileURLToPath(new URL('../../.venv/bin', import.meta.url));
const COMMITS = /commit\/:rev$|git-receive-pack$/;
/** Pause between two looks at the Hub's record, in milliseconds: the precision of `landedMs`. */
const TICK_MS = 2;

/** Runs a tool once, as a process that has only a runner's variables in its environment. */
export async function measure(tool: Tool, target: Target, hub: Hub, link?: Link): Promise<Measurement> {
  link?.takeConnections();
  const home = mkdtempSync(join(tmpdir(), 'spaceport-bench-home-'));
  const files = { GITHUB_OUTPUT: join(home, 'output'), GITHUB_STEP_SUMMARY: join(home, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const before = hub.requests.length;
  const watch = watchCommits(hub, before);
  try {
    const child = spawn(join(BIN, 'python'), ['-I', '-S', MEASURED, ...tool.command(target)], {
      cwd: target.directory,
      env: {
        PATH: [dirname(process.execPath), BIN, process.env['PATH']].join(delimiter),
        HOME: home,
        CI: 'true',
        ...files,
        GIT_TERMINAL_PROMPT: '0',
        HF_ENDPOINT: target.hubUrl,
        HF_TOKEN: TOKEN,
        // The local Hub has no Xet storage, and the registry and the telemetry service should not be measured.
        HF_HUB_DISABLE_XET: '1',
        HF_HUB_DISABLE_UPDATE_CHECK: '1',
        HF_HUB_DISABLE_TELEMETRY: '1',
        ...tool.env?.(target),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const { stdout, stderr, stdio } = child as ChildProcessByStdio<null, Readable, Readable>;
    const [output, problems, line] = await Promise.all([stdout, stderr, stdio[3] as Readable].map(text));
    const { status, beganAt, ms, cpuMs, peakBytes } = JSON.parse(line ?? '') as Told;
    if (status !== 0) throw new Error(`${tool.name} ended with ${status}:\n${output}\n${problems}`);
    const requests = hub.requests.slice(before);
    const landedAt = watch.last();
    return {
      ms,
      cpuMs,
      requests: requests.length,
      connections: link?.takeConnections(),
      bytesSent: requests.reduce((sum, { bytesIn }) => sum + bytesIn, 0),
      peakBytes,
      ...(landedAt === undefined ? {} : { landedMs: landedAt - beganAt }),
    };
  } finally {
    watch.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** When the newest request that makes commits was recorded. */
function watchCommits(hub: Hub, from: number) {
  let seen = from;
  let last: number | undefined;
  const look = () => {
    for (; seen < hub.requests.length; seen++) if (COMMITS.test(hub.requests[seen]?.route ?? '')) last = Date.now();
    return last;
  };
  const timer = setInterval(look, TICK_MS);
  return { last: look, close: () => clearInterval(timer) };
}

async function text(stream: Readable): Promise<string> {
  return (await stream.toArray()).join('');
}
