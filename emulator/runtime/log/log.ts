import type { LogBuffer, LogLine } from '../../space-runtime.ts';

const LINES_KEPT = 20_000;

/** Writes to the log until a newer build or start begins there. */
export type LogWriter = (data: string) => void;

/** The log of one kind, build or run: it holds the last build's (or start's) lines until the next one begins. */
export class Log implements LogBuffer {
  #lines: LogLine[] = [];
  #generation = 0;
  readonly #listeners = new Set<(line: LogLine) => void>();

  get lines(): readonly LogLine[] {
    return [...this.#lines];
  }

  subscribe(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets the lines so far; what their writer still writes is dropped. */
  begin(header: string): LogWriter {
    const generation = ++this.#generation;
    this.#lines = [];
    this.#append(`${header}\n`);
    return (data) => {
      if (generation === this.#generation) this.#append(data);
    };
  }

  /** Forgets the lines so far, and shows none until the returned function is called. */
  hold(header: string): { readonly write: LogWriter; readonly show: () => void } {
    const held: string[] = [];
    this.#generation++;
    this.#lines = [];
    const generation = this.#generation;
    return {
      write: (data) => held.push(data),
      show: () => {
        if (generation !== this.#generation) return;
        const write = this.begin(header);
        for (const data of held) write(data);
      },
    };
  }

  #append(data: string): void {
    const line = { data, timestamp: new Date().toISOString() };
    this.#lines.push(line);
    if (this.#lines.length > LINES_KEPT) this.#lines.shift();
    for (const listener of [...this.#listeners]) listener(line);
  }
}
