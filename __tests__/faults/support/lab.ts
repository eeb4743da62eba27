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

/** A Hub and a directory to deploy from: one deployment at a time happens here. */
export interface Stage {
  readonly url: string;
  /** Deploys what is wanted, with faults on its way, and waits until the Hub has done all that it was asked to. */
  deploy(id: string, wanted: Wanted, strikes?: readonly Strike[], more?: More): Promise<Met>;
  look(id: string): Promise<Seen>;
  /** Inputs and directory for a deployment that somebody else makes. */
  prepare(id: string, wanted: Wanted): { inputs: Readonly<Record<string, string>>; directory: string };
  /** Another directory to deploy from, to the same Hub. */
  beside(): Stage & { close(): void };
  pause(id: string): Promise<void>;
  /** The stage that the Space is said to be in from now on, whatever it is; undefined for the truth. */
  pretend(id: string, stage: string | undefined): Promise<void>;
  /** Writes so many lines to the build log. */
  flood(id: string, lines: number): Promise<void>;
  /** Ends the Hub as soon as it is asked something on a route, and starts it again. */
  restartAt(route: string): Promise<void>;
  /** Waits until something was asked on a route. */
  asked(route: string): Promise<void>;
}

export interface More {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Time as it is, where something is waited for that takes its time. */
  readonly clock?: Clock;
}

export interface Met extends MainRun {
  /** Routes that were called, in order. */
  readonly routes: readonly string[];
}

/** All that a deployment is about. */
export interface State {
  readonly files: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly visibility: string;
  readonly commits: number;
  /** Whether the newest commit is the one that runs, and did so before the last deployment to this Hub ended. */
  readonly runs: boolean;
}

export interface Seen {
  readonly head?: string | undefined;
  /** Absent when there is no such Space. */
  readonly state?: State;
}

/** The Space when all went well. The Hub keeps its LFS rules in a file of its own. */
export function stateOf(wanted: Wanted, commits: number): State {
  return {
    files: contentIds(wanted.files),
    variables: { APP_ENV: 'staging', ...wanted.variables },
    secrets: wanted.secrets,
    visibility: wanted.visibility,
    commits,
    runs: true,
  };
}

export async function openStage(hubs: Hubs, inParts = true): Promise<Stage & { close(): void }> {
  const { index, url } = await hubs.ask('open', { inParts });
  return stageOn(hubs, index, url);
}

/** When the last deployment to a Hub ended, by the address of the Hub. */
const endedAt = new Map<string, number>();

function stageOn(hubs: Hubs, index: number, url: string): Stage & { close(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-faults-'));
  // A Hub that was started again does not know what the one before it was asked.
  let restarted = false;
  return {
    url,
    async deploy(id, wanted, strikes = [], more = {}) {
      lay(directory, wanted.files);
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
      // What the Hub did after its caller had gone may be a restart.
      if (isSlow) await hubs.ask('settled', { index, id });
      if (strikes.length > 0) await hubs.ask('disarm', { index });
      return { ...run, routes };
    },
    async look(id) {
      const found = await hubs.ask('space', { index, id });
      if (found === undefined) return {};
      const { files, variables, secrets, visibility, commits, head, stage, serving, servesSince } = found;
      const { '.gitattributes': _, ...ours } = files;
      const runs = stage === 'RUNNING' && serving === head && servesSince <= (endedAt.get(url) ?? 0);
      return { head, state: { files: ours, variables, secrets, visibility, commits: commits.length, runs } };
    },
    prepare(id, wanted) {
      lay(directory, wanted.files);
      return { inputs: inputsFor(url, id, wanted), directory };
    },
    beside: () => stageOn(hubs, index, url),
    pause: (id) => hubs.ask('pause', { index, id }),
    pretend: (id, stage) => hubs.ask('pretend', { index, id, stage }),
    flood: (id, lines) => hubs.ask('flood', { index, id, lines }),
    restartAt(route) {
      restarted = true;
      return hubs.ask('restartAt', { index, route });
    },
    asked: (route) => hubs.ask('asked', { index, route }),
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function inputsFor(url: string, id: string, { variables, secrets, visibility }: Wanted) {
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
  };
}

function lay(directory: string, files: Wanted['files']): void {
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const absolute = join(directory, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
  }
}

/** A call that the action has given up on may still be under way at the Hub; what it does there belongs to this run. */
async function allDone(hubs: Hubs, index: number, from: number, sent: number): Promise<readonly string[]> {
  for (let waits = 0; ; waits++) {
    const requests = await hubs.ask('requests', { index, from });
    const answered = requests.filter(({ route }) => !route.includes('/logs/'));
    if (answered.length >= sent || waits === 300) return requests.map(({ route }) => route);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
