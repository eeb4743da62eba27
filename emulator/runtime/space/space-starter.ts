import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Readings } from '../../readings.ts';
import type { Pace, SpaceSource } from '../../space-runtime.ts';
import { atLeast } from '../base/at-least.ts';
import { CannotRehearse, StartFailure } from '../base/failures.ts';
import type { Network, RunningApp } from '../engine/engine.ts';
import type { AppImage, Image } from '../engine/image.ts';
import type { SiteImage } from '../image/image.ts';
import { runHeader } from '../log/header.ts';
import type { Log } from '../log/log.ts';
import { SiteFiles } from '../static/site-files.ts';
import { staticSite } from '../static/static-site.ts';
import type { Candidate } from './service.ts';

interface Options {
  readonly pace: Pace;
  readonly readings: Readings;
  readonly hubUrl: string;
  readonly directory: string;
  readonly appUrl: string;
  /** A directory with a file for each Space of this Hub, named by its port. */
  readonly fronts: string;
}

async function startFailure({ ended, whyNotRehearsable }: RunningApp): Promise<Error> {
  const message = await ended;
  const reason = whyNotRehearsable?.();
  return reason === undefined ? new StartFailure(message) : new CannotRehearse(reason);
}

/** Starts the images of one Space. */
export class SpaceStarter {
  readonly #source: SpaceSource;
  readonly #log: Log;
  readonly #options: Options;
  readonly #replicaSet = randomBytes(4).toString('hex');
  #count = 0;

  constructor(source: SpaceSource, log: Log, options: Options) {
    this.#source = source;
    this.#log = log;
    this.#options = options;
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves when the candidate is ready to serve. Throws StartFailure. */
  async start(image: Image, flavor: string, signal: AbortSignal): Promise<Candidate> {
    if (image.kind === 'site') return this.#site(image);
    const { startMs } = this.#options.pace;
    const app = await atLeast(startMs, signal, () => this.#app(image, flavor, signal));
    if (signal.aborted) await app.stop(0);
    signal.throwIfAborted();
    if (app.over) throw await startFailure(app);
    return { commit: image.commit, flavor, isStatic: false, ...app };
  }

  #app(image: AppImage, flavor: string, signal: AbortSignal): Promise<RunningApp> {
    const { directory, appUrl, pace, readings } = this.#options;
    const count = ++this.#count;
    const { variables, secrets, volumes = [] } = this.#source.settings();
    const { title } = image;
    return image.built.start({
      settings: { spaceId: this.#source.id, spaceHost: new URL(appUrl).host, title, flavor, variables, secrets },
      volumes,
      container: join(directory, `container-${count}`),
      replica: readings.U4 === 'a' ? `${this.#replicaSet}-${randomBytes(3).toString('hex')}` : undefined,
      network: this.#network(),
      log: this.#log.begin(runHeader(new Date())),
      timeoutMs: pace.startTimeoutMs,
      signal,
    });
  }

  /** Which ports a Space reaches is not established (hub-contract §17, §24 U21). Here the Hub has another port. */
  #network(): Network | undefined {
    const { readings, hubUrl, fronts } = this.#options;
    if (readings.U21 === 'c') return undefined;
    const hub = Number(new URL(hubUrl).port);
    return { ports: [80, 443, 8080, ...(readings.U21 === 'a' ? [6543] : []), ...(hub === 0 ? [] : [hub])], fronts };
  }

  #site(image: SiteImage): Candidate {
    const exposed = () => ({ ...this.#source.settings().variables, ...this.#source.settings().secrets });
    const files = new SiteFiles(this.#source, image);
    const serving = staticSite(image, files, { hubUrl: this.#options.hubUrl, exposed });
    const ended = new Promise<string>(() => undefined);
    return { commit: image.commit, flavor: 'cpu-basic', isStatic: true, serving, ended, stop: async () => undefined };
  }
}
