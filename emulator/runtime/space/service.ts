import type { Serving } from '../front/serving.ts';

/** How long an app may take to end after SIGTERM, and to answer what it has begun to answer. */
const PATIENCE_MS = 5000;
const DRAIN_MS = 2000;

/** An app or a site that is ready to serve. */
export interface Candidate {
  readonly commit: string;
  readonly flavor: string;
  readonly isStatic: boolean;
  readonly serving: Serving;
  /** Resolves with the Hub's message when it ends. */
  readonly ended: Promise<string>;
  /** Once it has ended: why that may be the engine's fault and not the app's. */
  readonly whyNotRehearsable?: (() => string | undefined) | undefined;
  stop(patienceMs: number): Promise<void>;
}

/** What serves the visitors of a Space: one candidate at a time, the old one until the new one takes over. */
export class Service {
  #current: Candidate | undefined;
  #sha: string | undefined;
  #shaTimer: NodeJS.Timeout | undefined;
  readonly #leaving = new Set<Promise<void>>();
  readonly #shaLagMs: number;
  readonly #onEnd: (message: string, ended: Candidate) => void;

  /** `onEnd` is called when what serves ends by itself, not when it is replaced or stopped. */
  constructor(shaLagMs: number, onEnd: (message: string, ended: Candidate) => void) {
    this.#shaLagMs = shaLagMs;
    this.#onEnd = onEnd;
  }

  get current(): Candidate | undefined {
    return this.#current;
  }

  /** The commit that serves; it may lag behind the truth (hub-contract §16.3). */
  get sha(): string | undefined {
    return this.#sha;
  }

  take(next: Candidate): void {
    const before = this.#current;
    this.#current = next;
    if (before) this.#leave(before, DRAIN_MS);
    this.#setSha(next.commit);
    void next.ended.then((message) => {
      if (this.#current !== next) return;
      this.#clear();
      this.#onEnd(message, next);
    });
  }

  /** Nothing serves from now on. */
  stop(patienceMs = PATIENCE_MS): void {
    const before = this.#current;
    this.#clear();
    if (before) this.#leave(before, 0, patienceMs);
  }

  /** Resolves when all that served has ended. */
  async over(): Promise<void> {
    await Promise.all(this.#leaving);
  }

  #clear(): void {
    clearTimeout(this.#shaTimer);
    this.#current = undefined;
    this.#sha = undefined;
  }

  #leave(candidate: Candidate, drainMs: number, patienceMs = PATIENCE_MS): void {
    const left = candidate.serving
      .drained(drainMs)
      .then(() => candidate.stop(patienceMs))
      .finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  #setSha(commit: string): void {
    clearTimeout(this.#shaTimer);
    const set = () => {
      this.#sha = commit;
    };
    if (this.#shaLagMs > 0) this.#shaTimer = setTimeout(set, this.#shaLagMs);
    else set();
  }
}
