import type { RecordedRequest } from './recorded-request.ts';

/** Keeps requests and answers in order of arrival, whatever the order of the answers. */
export class Recorder {
  readonly requests: RecordedRequest[] = [];
  readonly #arrivals: number[] = [];
  #next = 0;
  #oldest = 0;

  /** The place of a request that arrives now. */
  arrive(): number {
    return this.#next++;
  }

  add(arrival: number, request: RecordedRequest): void {
    if (arrival < this.#oldest) return;
    const before = this.#arrivals.findLastIndex((other) => other < arrival) + 1;
    this.#arrivals.splice(before, 0, arrival);
    this.requests.splice(before, 0, request);
  }

  /** Forgets all requests, also those still on their way. */
  reset(): void {
    this.#oldest = this.#next;
    this.#arrivals.length = 0;
    this.requests.length = 0;
  }
}
