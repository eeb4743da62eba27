/** Runs one job at a time; a new one cancels the one under way and starts when that has ended. */
export class LatestJob {
  #controller = new AbortController();
  #settled: Promise<void> = Promise.resolve();

  run(job: (signal: AbortSignal) => Promise<void>): void {
    const before = this.cancel();
    const { signal } = this.#controller;
    this.#settled = before.then(async () => {
      if (signal.aborted) return;
      // A job reports its own failures; an error after a cancellation is the cancellation itself.
      await job(signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    });
  }

  /** Resolves when the job that was under way has ended. */
  cancel(): Promise<void> {
    this.#controller.abort();
    this.#controller = new AbortController();
    return this.#settled;
  }
}
