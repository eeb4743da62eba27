import type { LfsLimits } from './lfs/lfs-limits.ts';
import type { ChosenReadings } from './readings.ts';
import type { Seed } from './seed.ts';
import type { Fault } from './server/traffic/fault.ts';
import type { RecordedRequest } from './server/traffic/recorded-request.ts';
import type {
  ChosenEngine,
  EngineChoice,
  NotRehearsable,
  Pace,
  SpaceRuntime,
  StartSpaceRuntime,
} from './space-runtime.ts';

export interface HubOptions {
  /** A free one when 0 or absent. */
  readonly port?: number | undefined;
  /** Kept after `close`, Spaces included. Without it a temporary directory, removed on `close`. */
  readonly dataDir?: string | undefined;
  readonly pace?: Partial<Pace> | undefined;
  /** How the Hub is where that is not established (hub-contract §24). Throws on a reading that cannot be played. */
  readonly readings?: ChosenReadings | undefined;
  readonly seed?: Partial<Seed> | undefined;
  readonly now?: (() => Date) | undefined;
  readonly lfs?: Partial<LfsLimits> | undefined;
  /** Answers 429 once a window is used up (hub-contract §3); otherwise the headers count down to 1 and stay there. */
  readonly enforceRateLimits?: boolean | undefined;
  /** Receives warnings that a client may not show, such as why Xet fails. */
  readonly warn?: ((message: string) => void) | undefined;
  /** Called when the engine cannot stand in for what a Space needs; without it, `warn` is. */
  readonly onNotRehearsable?: ((found: NotRehearsable) => void) | undefined;
  /** What builds and runs the apps; `process` when absent. Throws when one that is named does not answer. */
  readonly engine?: EngineChoice | undefined;
  /** Another way to run Spaces, for tests of the API alone. */
  readonly startSpaceRuntime?: StartSpaceRuntime | undefined;
}

/** A local Hub on loopback: point a client at `url`, start over with `reset`, end it with `close`. */
export interface Hub {
  readonly url: string;
  readonly engine: ChosenEngine;
  /** Every finished HTTP request, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Back to the seed: no Spaces, no faults, no requests. */
  reset(): Promise<void>;
  /** Ends the server and all apps. */
  close(): Promise<void>;
  /** Makes a route misbehave, until the returned function is called. Throws when there is no such route. */
  fault(fault: Fault): () => void;
  /** For assertions: what is stored, without asking the API. */
  space(id: string): HubSpace | undefined;
  /** A stand-in for GitHub's ID token endpoint that signs these claims. */
  idTokens(claims: Record<string, unknown>): IdTokenRequest;
}

export interface IdTokenRequest {
  readonly ACTIONS_ID_TOKEN_REQUEST_URL: string;
  readonly ACTIONS_ID_TOKEN_REQUEST_TOKEN: string;
}

export interface HubFile {
  readonly oid: string;
  readonly size: number;
  readonly lfs?: { readonly oid: string; readonly size: number } | undefined;
}

export interface HubSetting {
  readonly value: string;
  readonly description?: string | undefined;
}

/** What the local Hub stores of one Space. Every read gives the present state. */
export interface HubSpace {
  readonly id: string;
  readonly visibility: 'public' | 'private' | 'protected';
  readonly sdk: string | undefined;
  readonly variables: Readonly<Record<string, HubSetting>>;
  readonly secrets: Readonly<Record<string, HubSetting>>;
  /** What is mounted, and where. */
  readonly volumes: readonly { readonly source: string; readonly mountPath: string }[];
  readonly runtime: SpaceRuntime;
  head(): Promise<string>;
  /** Newest first. */
  commits(): Promise<{ id: string; title: string; message: string }[]>;
  files(rev?: string): Promise<Record<string, HubFile>>;
  /** Content of a file, LFS objects as their content. */
  read(path: string, rev?: string): Promise<Buffer>;
}
