/** Node fires longer timeouts at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls back after so many seconds without a visit. */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined;
  #seconds: number | null = null;
  readonly #onIdle: () => unknown;

  constructor(onIdle: () => unknown) {
    this.#onIdle = onIdle;
  }

  /** `null` never ends. */
  start(seconds: number | null): void {
    this.#seconds = seconds;
    this.touch();
  }

  touch(): void {
    clearTimeout(this.#timer);
    if (this.#seconds === null) return;
    this.#timer = setTimeout(this.#onIdle, Math.min(this.#seconds * 1000, LONGEST_MS)).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#seconds = null;
  }
}
