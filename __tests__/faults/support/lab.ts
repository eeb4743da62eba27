import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../../../src/edges/clock.ts';
import { contentIds, type Wanted } from './app.ts';
import { hubFaults, type Strike } from './faults.ts';
import type { Hubs } from './hubs.ts';
import { type MainRun, runMain } from './run-main.ts';
import { scaledClock } from './scaled-clock.ts';
import { tamperedFetch } from './tampered-fetch.ts';

/** A local Hub and a directory to deploy from, for one deployment at a time. */
export interface Lab {
  readonly url: string;
  /** Deploys what is wanted while the given faults happen, and waits until the Hub has done all that it was asked to. */
  deploy(id: string, wanted: Wanted, strikes?: readonly Strike[], more?: More): Promise<FaultyRun>;
  look(id: string): Promise<Found>;
  /** Inputs and directory for a deployment that the test starts itself. */
  prepare(id: string, wanted: Wanted): { inputs: Readonly<Record<string, string>>; directory: string };
  /** The same Hub with another directory to deploy from. */
  otherCheckout(): Lab & { close(): void };
  pause(id: string): Promise<void>;
  /** From now on the Hub says that the Space is in this stage, whatever is true; undefined ends that. */
  pretend(id: string, stage: string | undefined): Promise<void>;
  /** Writes this number of lines to the build log. */
  flood(id: string, lines: number): Promise<void>;
  /** Stops the Hub at its next request on a route, and starts it again. */
  restartAt(route: string): Promise<void>;
  /** Waits for the next request on a route. */
  untilRequested(route: string): Promise<void>;
}

export interface More {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The real clock, where the run must wait for something that takes real time. */
  readonly clock?: Clock;
}

export interface FaultyRun extends MainRun {
  /** Routes that were called, in order. */
  readonly routes: readonly string[];
}

/** Everything of a Space that a deployment sets. */
export interface State {
  readonly files: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly visibility: string;
  readonly volumes: readonly unknown[];
  readonly commits: number;
  /** Whether the newest commit is the one that runs, and did so before the last deployment to this Hub ended. */
  readonly runs: boolean;
}

export interface Found {
  readonly head?: string | undefined;
  /** Absent when there is no such Space. */
  readonly state?: State;
}

/** The Space after a successful deployment, without the `.gitattributes` that the Hub adds. */
export function stateOf(wanted: Wanted, commits: number): State {
  return {
    files: contentIds(wanted.files),
    variables: { APP_ENV: 'staging', ...wanted.variables },
    secrets: wanted.secrets,
    visibility: wanted.visibility,
    volumes: wanted.bucket === undefined ? [] : [{ source: wanted.bucket, mountPath: '/data' }],
    commits,
    runs: true,
  };
}

export async function openLab(hubs: Hubs, inParts = true): Promise<Lab & { close(): void }> {
  const { index, url } = await hubs.ask('open', { inParts });
  return labOn(hubs, index, url);
}

/** When the last deployment to a Hub ended, by the address of the Hub. */
const endedAt = new Map<string, number>();

function labOn(hubs: Hubs, index: number, url: string): Lab & { close(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-faults-'));
  // After a restart the Hub has forgotten the earlier requests.
  let restarted = false;
  return {
    url,
    async deploy(id, wanted, strikes = [], more = {}) {
      writeFiles(directory, wanted.files);
      const from = await hubs.ask('count', { index });
      if (strikes.length > 0) await hubs.ask('arm', { index, faults: hubFaults(strikes) });
      const { fetch, sent } = tamperedFetch(url, strikes);
      const isSlow = strikes.some(({ kind }) => kind.then === 'slow');
      const run = await runMain({
        inputs: { ...inputsFor(url, id, wanted), ...more.inputs },
        env: more.env ?? {},
        directory,
        fetch,
        clock: more.clock ?? scaledClock(isSlow ? 'scaled' : 'real'),
      });
      endedAt.set(url, Date.now());
      const routes = await allDone(hubs, index, from, restarted ? 0 : sent());
      // The Hub may have started a restart after its caller gave up.
      if (isSlow) await hubs.ask('settled', { index, id });
      if (strikes.length > 0) await hubs.ask('disarm', { index });
      return { ...run, routes };
    },
    async look(id) {
      const found = await hubs.ask('space', { index, id });
      if (found === undefined) return {};
      const { files, variables, secrets, volumes, visibility, commits, head, stage, serving, servesSince } = found;
      const { '.gitattributes': _, ...ours } = files;
      const runs = stage === 'RUNNING' && serving === head && servesSince <= (endedAt.get(url) ?? 0);
      return { head, state: { files: ours, variables, secrets, volumes, visibility, commits: commits.length, runs } };
    },
    prepare(id, wanted) {
      writeFiles(directory, wanted.files);
      return { inputs: inputsFor(url, id, wanted), directory };
    },
    otherCheckout: () => labOn(hubs, index, url),
    pause: (id) => hubs.ask('pause', { index, id }),
    pretend: (id, stage) => hubs.ask('pretend', { index, id, stage }),
    flood: (id, lines) => hubs.ask('flood', { index, id, lines }),
    restartAt(route) {
      restarted = true;
      return hubs.ask('restartAt', { index, route });
    },
    untilRequested: (route) => hubs.ask('untilRequested', { index, route }),
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function inputsFor(url: string, id: string, { variables, secrets, visibility, bucket }: Wanted) {
  const lines = (settings: object) =>
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n');
  return {
    space: id,
    environment: 'staging',
    token: 'hf_me_write',
    'hub-url': url,
    timeout: '2h',
    'on-failure': 'keep',
    'settings-strategy': 'mirror',
    variables: lines(variables),
    secrets: lines(secrets),
    visibility,
    volumes: bucket === undefined ? '' : `hf://buckets/${bucket}:/data`,
  };
}

function writeFiles(directory: string, files: Wanted['files']): void {
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const absolute = join(directory, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
  }
}

/** The Hub may still work on a request that the action has given up on; what it does there belongs to this run. */
async function allDone(hubs: Hubs, index: number, from: number, sent: number): Promise<readonly string[]> {
  for (let waits = 0; ; waits++) {
    const requests = await hubs.ask('requests', { index, from });
    const answered = requests.filter(({ route }) => !route.includes('/logs/'));
    if (answered.length >= sent || waits === 300) return requests.map(({ route }) => route);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
