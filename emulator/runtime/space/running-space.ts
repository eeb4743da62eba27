import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pace, RuntimeAnswer, SpaceRuntime, SpaceSource, Stage } from '../../space-runtime.ts';
import { errorMessage } from '../base/error-code.ts';
import { BuildFailure, ConfigFailure, StartFailure } from '../base/failures.ts';
import { needsRebuild, SpaceBuilder } from '../build/space-builder.ts';
import { Front } from '../front/front.ts';
import type { Image } from '../image/image.ts';
import { Log } from '../log/log.ts';
import { IdleTimer } from './idle-timer.ts';
import { LatestJob } from './latest-job.ts';
import { DEFAULT_SLEEP_SECONDS, runtimeAnswer } from './runtime-answer.ts';
import { Service } from './service.ts';
import { SpaceStarter } from './space-starter.ts';

/** How long an app may take to end when the emulator ends. */
const CLOSING_MS = 500;

export interface RunningSpaceOptions {
  readonly pace: Pace;
  readonly hubUrl: string;
  /** The Space's own directory, removed on `close`. */
  readonly directory: string;
  /** Layers that all Spaces share. */
  readonly layers: string;
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
  #stage: Stage = 'NO_APP_FILE';
  #errorMessage: string | undefined;
  #wanted: string | undefined;
  #image: Image | undefined;
  #flavor = 'cpu-basic';
  #sleepSeconds: number | null = DEFAULT_SLEEP_SECONDS;
  #pretended: Partial<RuntimeAnswer> | undefined;
  #closed = false;

  private constructor(source: SpaceSource, options: RunningSpaceOptions) {
    this.#source = source;
    this.#options = options;
    this.#service = new Service(options.pace.shaLagMs, (message) => this.#appEnded(message));
    this.#idle = new IdleTimer(() => this.#stage === 'RUNNING' && this.sleep());
    this.#builder = new SpaceBuilder(source, this.buildLog, options);
  }

  static async open(source: SpaceSource, options: RunningSpaceOptions): Promise<RunningSpace> {
    const space = new RunningSpace(source, options);
    space.#front = await Front.open({
      mayVisit: (authorization) => source.mayVisit(authorization),
      onVisit: () => space.#visited(),
      serving: () => space.#service.current?.serving,
      stage: () => space.#stage,
    });
    space.#starter = new SpaceStarter(source, space.runLog, { ...options, appUrl: space.appUrl });
    return space;
  }

  get appUrl(): string {
    return this.#front.url;
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
      domain: new URL(this.appUrl).host,
    });
    return { ...truth, ...this.#pretended };
  }

  pretend(answer: Partial<RuntimeAnswer> | undefined): void {
    this.#pretended = answer;
  }

  pushed(commit: string): void {
    this.#wanted = commit;
    // A push wakes a sleeping Space; a paused one waits for its owner's restart, which will build it
    // (hub-contract §13.3).
    if (this.#stage !== 'PAUSED') this.#deploy({ rebuild: true });
  }

  settingsChanged(): void {
    if (this.#stage === 'PAUSED' || this.#image?.kind === 'site') return;
    // [?] Whether a change of variables alone rebuilds a docker Space is not established: here it does when the
    // Dockerfile declares an ARG of that name.
    this.#deploy({ rebuild: needsRebuild(this.#image, this.#source.settings().variables) });
  }

  restart({ factory }: { factory: boolean }): void {
    this.#deploy({ rebuild: factory, withoutCache: factory });
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

  async close(): Promise<void> {
    this.#closed = true;
    this.#idle.stop();
    await this.#job.cancel();
    this.#service.stop(CLOSING_MS);
    await Promise.all([this.#service.over(), this.#front.close()]);
    await rm(this.#options.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Builds, where the image is not that of the wanted commit or a rebuild is asked for, and starts. */
  #deploy(order: { rebuild: boolean; withoutCache?: boolean }): void {
    const commit = this.#wanted;
    if (commit === undefined || this.#closed) return;
    const { stageLagMs } = this.#options.pace;
    const rebuild = order.rebuild || this.#image?.commit !== commit;
    const begin = () => this.#enter(rebuild ? 'BUILDING' : 'APP_STARTING');
    if (stageLagMs === 0) begin();
    this.#job.run(async (signal) => {
      try {
        if (stageLagMs > 0) await delay(stageLagMs, undefined, { signal });
        signal.throwIfAborted();
        begin();
        this.#refuseCollision();
        if (rebuild) this.#image = await this.#builder.build(commit, order.withoutCache ?? false, signal);
        if (this.#image) await this.#start(this.#image, signal);
      } catch (error) {
        if (!signal.aborted) this.#fail(error);
      }
    });
  }

  async #start(image: Image, signal: AbortSignal): Promise<void> {
    this.#enter('APP_STARTING');
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

  /**
   * [?] Whether the old version still serves after a failed build or start is not established (hub-contract §13.2):
   * here it does, and `sha` stays its commit.
   */
  #fail(error: unknown): void {
    const message = errorMessage(error);
    if (error instanceof ConfigFailure) this.#setStage(error.stage, message);
    else if (error instanceof StartFailure) this.#setStage('RUNTIME_ERROR', message);
    else this.#setStage('BUILD_ERROR', error instanceof BuildFailure ? message : new BuildFailure(1, message).message);
  }

  #appEnded(message: string): void {
    this.#idle.stop();
    if (this.#stage === 'RUNNING_BUILDING') this.#setStage('BUILDING');
    else if (this.#stage === 'RUNNING_APP_STARTING') this.#setStage('APP_STARTING');
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
