import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Readings } from '../../readings.ts';
import type { NotRehearsable, Pace, RuntimeAnswer, SpaceRuntime, SpaceSource, Stage } from '../../space-runtime.ts';
import { errorMessage } from '../base/error-code.ts';
import { BuildFailure, CannotRehearse, ConfigFailure, StartFailure } from '../base/failures.ts';
import { SpaceBuilder } from '../build/space-builder.ts';
import type { Engine } from '../engine/engine.ts';
import type { Image } from '../engine/image.ts';
import { Front } from '../front/front.ts';
import { Log } from '../log/log.ts';
import { IdleTimer } from './idle-timer.ts';
import { LatestJob } from './latest-job.ts';
import { effectOfReadme, type Order, orderOfSettings } from './order.ts';
import { DEFAULT_SLEEP_SECONDS, runtimeAnswer } from './runtime-answer.ts';
import { Service } from './service.ts';
import { SpaceStarter } from './space-starter.ts';

/** How long an app may take to end when the emulator ends. */
const CLOSING_MS = 500;

export interface RunningSpaceOptions {
  readonly pace: Pace;
  readonly readings: Readings;
  readonly engine: Engine;
  readonly hubUrl: string;
  readonly onNotRehearsable?: ((found: NotRehearsable) => void) | undefined;
  /** The Space's own directory, removed on `close`. */
  readonly directory: string;
  /** Layers that all Spaces share. */
  readonly layers: string;
  /** A directory with a file for each Space of this Hub, named by its port: apps reach each other. */
  readonly fronts: string;
}

/** One Space through its stages (hub-contract §13.2). */
export class RunningSpace implements SpaceRuntime {
  readonly buildLog = new Log();
  readonly runLog = new Log();
  readonly #source: SpaceSource;
  readonly #options: RunningSpaceOptions;
  readonly #job = new LatestJob();
  readonly #service: Service;
  readonly #idle: IdleTimer;
  readonly #builder: SpaceBuilder;
  #starter!: SpaceStarter;
  #front!: Front;
  #stage: Stage;
  #errorMessage: string | undefined;
  /** The tip of `main`. */
  #head: string | undefined;
  /** The commit that serves, or will. */
  #wanted: string | undefined;
  #image: Image | undefined;
  #flavor = 'cpu-basic';
  #sleepSeconds: number | null = DEFAULT_SLEEP_SECONDS;
  #devMode = false;
  #pretended: Partial<RuntimeAnswer> | undefined;
  #closed = false;

  private constructor(source: SpaceSource, options: RunningSpaceOptions) {
    this.#source = source;
    this.#options = options;
    this.#service = new Service(options.pace.shaLagMs, (message, ended) =>
      this.#appEnded(message, ended.whyNotRehearsable?.()),
    );
    this.#idle = new IdleTimer(() => this.#stage === 'RUNNING' && this.sleep());
    this.#builder = new SpaceBuilder(source, this.buildLog, options);
    // The first stage of a new Space is not established (hub-contract §24, U17).
    this.#stage = options.readings.U17 === 'a' ? 'NO_APP_FILE' : 'BUILDING';
  }

  static async open(source: SpaceSource, options: RunningSpaceOptions): Promise<RunningSpace> {
    const space = new RunningSpace(source, options);
    space.#front = await Front.open({
      mayVisit: (authorization) => source.mayVisit(authorization),
      onVisit: () => space.#visited(),
      serving: () => space.#service.current?.serving,
      stage: () => space.#stage,
    });
    await mkdir(options.fronts, { recursive: true });
    await writeFile(space.#frontFile, '');
    space.#starter = new SpaceStarter(source, space.runLog, { ...options, appUrl: space.appUrl });
    if (space.#stage === 'BUILDING') space.#findNothing();
    return space;
  }

  get appUrl(): string {
    return this.#front.url;
  }

  /** What tells the apps of other Spaces that this port is one of the Hub's. */
  get #frontFile(): string {
    return join(this.#options.fronts, new URL(this.appUrl).port);
  }

  get counts(): { builds: number; starts: number } {
    return { builds: this.#builder.count, starts: this.#starter.count };
  }

  answer(): RuntimeAnswer {
    const current = this.#service.current;
    const truth = runtimeAnswer({
      stage: this.#stage,
      errorMessage: this.#errorMessage,
      sha: this.#service.sha,
      isStatic: current?.isStatic ?? false,
      flavor: this.#flavor,
      current: current?.flavor ?? null,
      sleepSeconds: this.#sleepSeconds,
      devMode: this.#devMode,
      domain: new URL(this.appUrl).host,
    });
    return { ...truth, ...this.#pretended };
  }

  pretend(answer: Partial<RuntimeAnswer> | undefined): void {
    this.#pretended = answer;
  }

  pushed(commit: string, { onlyReadme } = { onlyReadme: false }): void {
    this.#head = commit;
    if (this.#devMode && this.#options.readings.U18 === 'a' && this.#service.current) return;
    const image = this.#image;
    const effect = onlyReadme && image?.kind === 'app' ? effectOfReadme(this.#options.readings) : 'build';
    if (effect === 'nothing') return;
    const isBuilt = effect === 'restart' && image?.commit === this.#wanted;
    if (isBuilt && image) this.#image = { ...image, commit };
    this.#wanted = commit;
    // A push wakes a sleeping Space; a paused one waits for its owner's restart, which will build it
    // (hub-contract §13.3).
    if (this.#stage !== 'PAUSED') this.#deploy({ rebuild: !isBuilt });
  }

  settingsChanged(): void {
    if (this.#stage === 'PAUSED' || this.#image?.kind === 'site') return;
    const { variables } = this.#source.settings();
    const { readings, pace } = this.#options;
    // Whether a Space in an error is restarted is not established (hub-contract §24, U24).
    if (readings.U24 === 'b' && this.#stage.endsWith('_ERROR')) return;
    const isRunning = this.#stage === 'RUNNING';
    this.#deploy(orderOfSettings({ image: this.#image, variables, isRunning }, readings, pace));
  }

  restart({ factory }: { factory: boolean }): void {
    // The answer to a restart already has the stage after it (hub-contract §13.3).
    this.#deploy({ rebuild: factory, withoutCache: factory, lagMs: 0 });
  }

  pause(): void {
    this.#goDown('PAUSED');
  }

  sleep(): void {
    if (this.#stage !== 'PAUSED') this.#goDown('SLEEPING');
  }

  setHardware(flavor: string, sleepTimeSeconds?: number): void {
    this.#flavor = flavor;
    // Paid hardware never sleeps unless told to (hub-contract §17).
    this.#setSleepSeconds(sleepTimeSeconds ?? (flavor === 'cpu-basic' ? DEFAULT_SLEEP_SECONDS : -1));
    if (this.#stage !== 'PAUSED') this.#deploy({ rebuild: false });
  }

  setSleepTime(seconds: number): void {
    this.#setSleepSeconds(seconds);
  }

  /** A Space in dev mode may run its old commit for as long as it is on (hub-contract §24, U18). */
  setDevMode(enabled: boolean): void {
    const hasEnded = this.#devMode && !enabled;
    this.#devMode = enabled;
    if (hasEnded && this.#head !== this.#wanted && this.#stage !== 'PAUSED') this.#deploy({ rebuild: true });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#idle.stop();
    await this.#job.cancel();
    this.#service.stop(CLOSING_MS);
    await Promise.all([this.#service.over(), this.#front.close()]);
    await rm(this.#frontFile, { force: true });
    await this.#builder.close();
    await rm(this.#options.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  /** An empty Space that began as BUILDING: there is nothing to build. */
  #findNothing(): void {
    this.#job.run(async (signal) => {
      await delay(this.#options.pace.buildMs, undefined, { signal });
      this.#setStage('NO_APP_FILE');
    });
  }

  /** Builds if the image is not that of the wanted commit, or if a rebuild is asked for, and starts. */
  #deploy({ rebuild, withoutCache = false, lagMs = this.#options.pace.stageLagMs, isSilent = false }: Order): void {
    if (rebuild) this.#wanted = this.#head;
    const commit = this.#wanted;
    if (commit === undefined || this.#closed) return;
    const builds = rebuild || this.#image?.commit !== commit;
    const begin = () => isSilent || this.#enter(builds ? 'BUILDING' : 'APP_STARTING');
    if (lagMs === 0) begin();
    this.#job.run(async (signal) => {
      try {
        if (lagMs > 0) await delay(lagMs, undefined, { signal });
        signal.throwIfAborted();
        begin();
        this.#refuseCollision();
        if (builds) this.#image = await this.#builder.build(commit, withoutCache, signal);
        if (!isSilent) await this.#enterStart(signal);
        if (this.#image) await this.#start(this.#image, signal);
      } catch (error) {
        if (!signal.aborted) this.#fail(error);
      }
    });
  }

  /** Shows that a start is under way; whether another stage comes before is not established (hub-contract §24, U16). */
  async #enterStart(signal: AbortSignal): Promise<void> {
    if (this.#options.readings.U16 === 'b' && this.#image?.kind === 'app') {
      this.#setStage('RUNNING_CONTAINER_STARTING');
      await delay(this.#options.pace.startMs, undefined, { signal });
    }
    this.#enter('APP_STARTING');
  }

  async #start(image: Image, signal: AbortSignal): Promise<void> {
    const candidate = await this.#starter.start(image, this.#flavor, signal);
    this.#service.take(candidate);
    this.#setStage('RUNNING');
    this.#idle.start(image.kind === 'site' ? null : this.#sleepSeconds);
  }

  /** The Space is down for as long as a variable and a secret share a name (hub-contract §14). */
  #refuseCollision(): void {
    const { variables, secrets } = this.#source.settings();
    if (!Object.keys(variables).some((name) => Object.hasOwn(secrets, name))) return;
    this.#service.stop();
    throw new ConfigFailure('CONFIG_ERROR', 'Collision on variables and secrets names');
  }

  #fail(error: unknown): void {
    const message = errorMessage(error);
    if (error instanceof CannotRehearse) {
      // Whatever the Hub would show next is not known here, so the stage stays.
      this.#options.onNotRehearsable?.({ space: this.#source.id, reasons: error.reasons });
      return;
    }
    if (error instanceof ConfigFailure) this.#setStage(error.stage, message);
    else if (error instanceof StartFailure) this.#setStage('RUNTIME_ERROR', message);
    else this.#failToBuild(error instanceof BuildFailure ? message : new BuildFailure(1, message).message);
  }

  /** Whether the old version still serves after this is not established (hub-contract §24, U10). */
  #failToBuild(message: string): void {
    if (this.#options.readings.U10 === 'b') {
      this.#idle.stop();
      this.#service.stop();
    }
    this.#setStage('BUILD_ERROR', message);
  }

  #appEnded(message: string, whyNotRehearsable: string | undefined): void {
    this.#idle.stop();
    if (whyNotRehearsable !== undefined) this.#fail(new CannotRehearse(whyNotRehearsable));
    else if (this.#stage.startsWith('RUNNING_')) this.#setStage(this.#stage.slice('RUNNING_'.length));
    else this.#setStage('RUNTIME_ERROR', message);
  }

  #visited(): void {
    if (this.#stage === 'SLEEPING') this.#deploy({ rebuild: false });
    else this.#idle.touch();
  }

  #goDown(stage: 'PAUSED' | 'SLEEPING'): void {
    this.#idle.stop();
    void this.#job.cancel();
    this.#service.stop();
    this.#setStage(stage);
  }

  #setSleepSeconds(seconds: number): void {
    this.#sleepSeconds = seconds < 0 ? null : seconds;
    if (this.#stage === 'RUNNING' && this.#image?.kind === 'app') this.#idle.start(this.#sleepSeconds);
  }

  #enter(stage: 'BUILDING' | 'APP_STARTING'): void {
    this.#setStage(this.#service.current ? `RUNNING_${stage}` : stage);
  }

  #setStage(stage: Stage, errorMessage?: string): void {
    this.#stage = stage;
    this.#errorMessage = errorMessage;
  }
}
