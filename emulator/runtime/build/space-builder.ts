import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readings } from '../../readings.ts';
import type { Pace, SpaceSource } from '../../space-runtime.ts';
import { atLeast } from '../base/at-least.ts';
import type { Engine } from '../engine/engine.ts';
import type { Image } from '../engine/image.ts';
import { LayerCache } from '../image/layer-cache.ts';
import { buildHeader } from '../log/header.ts';
import type { Log, LogWriter } from '../log/log.ts';
import { buildImage, prepareBuild } from './build-image.ts';

interface Options {
  readonly pace: Pace;
  readonly readings: Readings;
  readonly engine: Engine;
  readonly directory: string;
  readonly layers: string;
}

interface Built {
  readonly directory: string;
  readonly image: Image;
}

/** Builds the commits of one Space, each in a directory of its own. */
export class SpaceBuilder {
  readonly #source: SpaceSource;
  readonly #log: Log;
  readonly #options: Options;
  #count = 0;
  #attempts = 0;
  readonly #built: Built[] = [];

  constructor(source: SpaceSource, log: Log, options: Options) {
    this.#source = source;
    this.#log = log;
    this.#options = options;
  }

  /** How many builds there have been. A failure of the configuration does not count as one. */
  get count(): number {
    return this.#count;
  }

  /** Throws ConfigFailure or BuildFailure; what it made until then is removed. */
  async build(commit: string, withoutCache: boolean, signal: AbortSignal): Promise<Image> {
    const into = join(this.#options.directory, `build-${++this.#attempts}`);
    await mkdir(into, { recursive: true });
    const image = await this.#buildInto(into, commit, withoutCache, signal).catch(async (error: unknown) => {
      await rm(into, { recursive: true, force: true });
      throw error;
    });
    const made = { directory: into, image };
    if (signal.aborted) await remove(made);
    signal.throwIfAborted();
    // Not the last one: a static site is served from there until this one takes over.
    const unused = this.#built.splice(0, this.#built.length - 1);
    this.#built.push(made);
    await Promise.all(unused.map(remove));
    return image;
  }

  /** Removes all that it built. Nothing runs of it any more. */
  async close(): Promise<void> {
    await Promise.all(this.#built.splice(0).map(remove));
  }

  async #buildInto(into: string, commit: string, withoutCache: boolean, signal: AbortSignal): Promise<Image> {
    const { card, context } = await prepareBuild(this.#source, commit, into);
    signal.throwIfAborted();
    this.#count++;
    const { write: log, show } = this.#beginLog(commit);
    const layers = new LayerCache(this.#options.layers, !withoutCache);
    const { variables, secrets } = this.#source.settings();
    const job = { context, into, variables, secrets, layers, log, signal };
    const ms = card.sdk === 'static' ? 0 : this.#options.pace.buildMs;
    return atLeast(ms, signal, () => buildImage(card, commit, this.#options.engine, job)).finally(show);
  }

  /** What the log begins with, and when it appears, is not established (hub-contract §24, U9). */
  #beginLog(commit: string): { readonly write: LogWriter; readonly show: () => void } {
    const { U9 } = this.#options.readings;
    const header = buildHeader(U9 === 'b' ? undefined : commit, new Date());
    return U9 === 'c' ? this.#log.hold(header) : { write: this.#log.begin(header), show: () => undefined };
  }
}

async function remove({ directory, image }: Built): Promise<void> {
  if (image.kind === 'app') await image.built.remove();
  await rm(directory, { recursive: true, force: true });
}
