/**
 * The border between the two halves of the local Hub: `emulator/server/` answers the API and keeps the repositories,
 * `emulator/runtime/` builds and runs what is in them. They share these types and nothing else.
 */

import type { Readings } from './readings.ts';

/** Stages as the Hub spells them (hub-contract §13.2); the set is open, a test may use any other. */
export type Stage =
  | 'NO_APP_FILE'
  | 'CONFIG_ERROR'
  | 'BUILDING'
  | 'RUNNING_BUILDING'
  | 'APP_STARTING'
  | 'RUNNING_APP_STARTING'
  | 'RUNNING'
  | 'BUILD_ERROR'
  | 'RUNTIME_ERROR'
  | 'SLEEPING'
  | 'PAUSED'
  | 'STOPPED'
  | 'DELETING'
  | (string & {});

/** What builds and runs the apps: processes of this machine, or containers. */
export type EngineName = 'process' | 'docker' | 'podman';

/** `auto` takes a container engine that answers, docker before podman, and processes where there is none. */
export const ENGINE_CHOICES = ['auto', 'docker', 'podman', 'process'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** An engine that was asked for by its name does not answer. */
export class NoEngine extends Error {}

export interface ChosenEngine {
  readonly name: EngineName;
  /** Why this one, as the end of a sentence. */
  readonly why: string;
}

/** A directory of this machine that an app sees at `mountPath` (hub-contract §13.3, PUT …/volumes). */
export interface Volume {
  readonly directory: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
}

/** What the runtime asks the server for. */
export interface SpaceSource {
  /** `owner/name`. */
  readonly id: string;
  /** Writes the whole tree of a commit into an existing empty directory, LFS objects as their content. */
  checkout(commit: string, into: string): Promise<void>;
  /** Writes one file of a commit, an LFS object as its content; false when the commit has no such file. */
  writeFile(commit: string, path: string, to: string): Promise<boolean>;
  /** Commit at the tip of `main`. */
  head(): Promise<string>;
  /** The front matter of README.md at a commit; empty when there is none. Throws on YAML that cannot be read. */
  frontMatter(commit: string): Promise<Readonly<Record<string, unknown>>>;
  settings(): {
    readonly variables: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
    readonly volumes?: readonly Volume[] | undefined;
  };
  /** Whether a request to the app with these headers may see it: public and protected apps always, private by token. */
  mayVisit(authorization: string | undefined): boolean;
}

/** The answer of `GET /api/spaces/{id}/runtime` (hub-contract §13.1). */
export interface RuntimeAnswer {
  stage: Stage;
  errorMessage?: string | undefined;
  sha?: string | undefined;
  hardware: { current: string | null; requested: string | null };
  storage: null;
  gcTimeout?: number | null | undefined;
  replicas: { requested: number | 'auto'; current?: number | undefined };
  devMode?: boolean | undefined;
  domains?: { domain: string; stage: 'READY' | 'PENDING' }[] | undefined;
}

export interface LogLine {
  /** The text as the app wrote it, with the line end if there was one. */
  data: string;
  /** ISO-8601, UTC. */
  timestamp: string;
}

/** An append-only log that can be followed: `lines` so far, then every later one until the listener is removed. */
export interface LogBuffer {
  readonly lines: readonly LogLine[];
  subscribe(listener: (line: LogLine) => void): () => void;
}

/** Times in milliseconds: small in tests, long enough to watch in a rehearsal. */
export interface Pace {
  /** The least time that a build takes. */
  buildMs: number;
  /** The least time that a start takes. */
  startMs: number;
  /** How long `runtime.sha` still names the old commit after the new one serves. */
  shaLagMs: number;
  /** How long the old stage is still answered after a commit or a restart. */
  stageLagMs: number;
  /**
   * A start that has not opened its port by then is RUNTIME_ERROR ("Launch timed out, workload was not healthy after 30
   * min").
   */
  startTimeoutMs: number;
  /** How long it takes after a change of settings until the app is restarted, under the readings U3b and U3c. */
  settingsLagMs: number;
}

/** One running (or failing, or sleeping) Space. */
export interface SpaceRuntime {
  /** Base URL of the app, on a loopback port of its own. It stays the same for the life of the Space. */
  readonly appUrl: string;
  answer(): RuntimeAnswer;
  readonly buildLog: LogBuffer;
  readonly runLog: LogBuffer;
  /** `main` moved to this commit; `onlyReadme` when nothing else changed that a build depends on. */
  pushed(commit: string, change?: { readonly onlyReadme: boolean }): void;
  /** A variable or secret was set, changed or deleted. */
  settingsChanged(): void;
  restart(options: { factory: boolean }): void;
  pause(): void;
  sleep(): void;
  setHardware(flavor: string, sleepTimeSeconds?: number): void;
  setSleepTime(seconds: number): void;
  setDevMode(enabled: boolean): void;
  /** For tests: answers these fields instead of the true ones, until it is called with undefined. */
  pretend(answer: Partial<RuntimeAnswer> | undefined): void;
  /** For tests: how many builds and starts there have been. */
  readonly counts: { readonly builds: number; readonly starts: number };
  close(): Promise<void>;
}

/**
 * Something that the engine cannot stand in for. The Space stays as it was, for the Hub itself would go on; it never
 * becomes a failure of the app.
 */
export interface NotRehearsable {
  /** `owner/name`. */
  readonly space: string;
  /** Sentences for a person: what is missing here, and why. */
  readonly reasons: readonly string[];
}

export interface RuntimeOptions {
  readonly pace: Pace;
  readonly readings: Readings;
  readonly workDir: string;
  readonly hubUrl: string;
  readonly onNotRehearsable?: ((found: NotRehearsable) => void) | undefined;
}

export type StartSpaceRuntime = (source: SpaceSource, options: RuntimeOptions) => Promise<SpaceRuntime>;

/** What runs all Spaces of one Hub. */
export interface Runtime {
  readonly engine: ChosenEngine;
  readonly start: StartSpaceRuntime;
  /** Removes what the engine made. The Spaces are closed before. */
  close(): Promise<void>;
}
