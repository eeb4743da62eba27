import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LogBuffer, LogLine, RuntimeAnswer, SpaceRuntime, Stage } from '../../../emulator/space-runtime.ts';

/** A log that every reader gets from its start. */
class Lines implements LogBuffer {
  lines: LogLine[] = [];
  readonly #listeners = new Set<(line: LogLine) => void>();

  subscribe(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(header: string): void {
    this.lines = [];
    this.write(header);
  }

  write(text: string): void {
    const line = { data: `${text}\n`, timestamp: new Date().toISOString() };
    this.lines.push(line);
    for (const listener of this.#listeners) listener(line);
  }
}

/** How long each stage lasts: long enough for a constant poll to see some of them. */
const STAGE_MS = 6;
/** A start after a change of settings is seen by every poll: it is what proves the new settings (hub-contract §24, U3a). */
const RESTART_MS = 60;

/**
 * Takes a Space through its stages without building or starting anything: the app is an answer of this process. The
 * API, the repository and the settings around it are the local Hub's own.
 */
export class QuickRuntime implements SpaceRuntime {
  readonly buildLog = new Lines();
  readonly runLog = new Lines();
  readonly counts = { builds: 0, starts: 0 };
  readonly appUrl: string;
  readonly #server: Server;
  #timer: NodeJS.Timeout | undefined;
  #stage: Stage = 'NO_APP_FILE';
  #wanted: string | undefined;
  #serving: string | undefined;
  #servesSince = 0;
  #pretended: Partial<RuntimeAnswer> | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** At `port`, or a free one when it is 0. */
  static async start(port: number): Promise<QuickRuntime> {
    let runtime: QuickRuntime | undefined;
    const server = createServer((_request, response) => {
      const commit = runtime?.serving;
      response.writeHead(commit === undefined ? 503 : 200, {
        'content-type': 'application/json',
        // Another process answers after each start (hub-contract §16.2).
        'x-proxied-replica': `quick-${runtime?.counts.starts}`,
      });
      response.end(JSON.stringify({ commit }));
    });
    await once(server.listen(port, '127.0.0.1'), 'listening');
    runtime = new QuickRuntime(server);
    return runtime;
  }

  get serving(): string | undefined {
    return this.#serving;
  }

  /** Since when the present commit is served, in milliseconds since the epoch. */
  get servesSince(): number {
    return this.#servesSince;
  }

  answer(): RuntimeAnswer {
    return {
      stage: this.#stage,
      ...(this.#serving === undefined ? {} : { sha: this.#serving }),
      hardware: { current: 'cpu-basic', requested: 'cpu-basic' },
      storage: null,
      gcTimeout: 172_800,
      replicas: { requested: 1 },
      devMode: false,
      domains: [],
      ...this.#pretended,
    };
  }

  pushed(commit: string): void {
    this.#wanted = commit;
    if (this.#stage !== 'PAUSED') this.#build();
  }

  settingsChanged(): void {
    if (this.#stage !== 'PAUSED' && this.#wanted !== undefined) this.#begin();
  }

  restart({ factory }: { factory: boolean }): void {
    if (factory || this.#serving !== this.#wanted) this.#build();
    else this.#begin();
  }

  pause(): void {
    this.#goDown('PAUSED');
  }

  sleep(): void {
    this.#goDown('SLEEPING');
  }

  setHardware(): void {}
  setSleepTime(): void {}
  setDevMode(): void {}

  pretend(answer: Partial<RuntimeAnswer> | undefined): void {
    this.#pretended = answer;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #begin(): void {
    if (this.#stage === 'BUILDING' || this.#stage === 'RUNNING_BUILDING') return;
    this.#enter('APP_STARTING', () => this.#run(), RESTART_MS);
  }

  #build(): void {
    this.counts.builds++;
    this.buildLog.begin(
      `===== Build Queued at 2026-01-02 03:04:05 / Commit SHA: ${this.#wanted?.slice(0, 7) ?? ''} =====`,
    );
    this.#enter('BUILDING', () => this.#enter('APP_STARTING', () => this.#run()));
  }

  #run(): void {
    this.counts.starts++;
    if (this.#serving !== this.#wanted) this.#servesSince = Date.now();
    this.#serving = this.#wanted;
    this.#stage = 'RUNNING';
  }

  #enter(stage: 'BUILDING' | 'APP_STARTING', then: () => void, lastsMs = STAGE_MS): void {
    this.#stage = this.#serving === undefined ? stage : `RUNNING_${stage}`;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, lastsMs);
  }

  #goDown(stage: 'PAUSED' | 'SLEEPING'): void {
    clearTimeout(this.#timer);
    this.#serving = undefined;
    this.#stage = stage;
  }
}
