import type { EngineName, Volume } from '../../space-runtime.ts';
import type { Serving } from '../front/serving.ts';
import type { BuildJob } from '../image/build-job.ts';
import type { Card } from '../image/card.ts';
import type { LogWriter } from '../log/log.ts';

/** Builds the files of a commit into an image, and runs it: with processes of this machine, or with containers. */
export interface Engine {
  readonly name: EngineName;
  /**
   * Builds what the card asks for (never a static site) from the files in `job.context`, and writes the steps to
   * `job.log` as the Hub does. Throws BuildFailure when a step fails, CannotRehearse when the engine is to blame; a
   * cancelled build throws, too.
   */
  build(card: Card, job: BuildJob): Promise<BuiltImage>;
  /** Removes all that the engine made, but for its cache. All apps have ended by then. */
  close(): Promise<void>;
}

/** What a build made. It can be started as often as wanted; nothing that an app writes stays in it. */
export interface BuiltImage {
  /** Resolves when the app accepts connections. Throws StartFailure with the Hub's message. */
  start(order: StartOrder): Promise<RunningApp>;
  /** Called once, when no start of it is under way any more. */
  remove(): Promise<void>;
}

/** An app that serves visitors. */
export interface RunningApp {
  readonly serving: Serving;
  readonly over: boolean;
  /** Resolves with the Hub's message when the app ends by itself or is stopped. */
  readonly ended: Promise<string>;
  /** Once it has ended: why that may be the engine's fault and not the app's; undefined when nothing says so. */
  readonly whyNotRehearsable?: (() => string | undefined) | undefined;
  stop(patienceMs: number): Promise<void>;
}

export interface StartOrder {
  readonly settings: AppSettings;
  /** A directory that does not exist yet, for what the app writes: it is lost with it. */
  readonly container: string;
  readonly volumes: readonly Volume[];
  /** What its answers call it: `<set>-<pod>`; undefined when they do not. */
  readonly replica: string | undefined;
  /** Undefined when it reaches all that this machine does. */
  readonly network?: Network | undefined;
  readonly log: LogWriter;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface AppSettings {
  readonly spaceId: string;
  readonly spaceHost: string;
  readonly title: string | undefined;
  readonly flavor: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** What an app reaches outside of itself. */
export interface Network {
  /** Ports of any host. */
  readonly ports: readonly number[];
  /** A directory with a file for each Space of this Hub, named by its port on loopback. */
  readonly fronts: string;
}
