import type {
  LogBuffer,
  LogLine,
  RuntimeAnswer,
  SpaceRuntime,
  SpaceSource,
  StartSpaceRuntime,
} from '../../../emulator/space-runtime.ts';

/** A log that tests write to. */
export class TestLog implements LogBuffer {
  readonly lines: LogLine[] = [];
  readonly #listeners = new Set<(line: LogLine) => void>();

  subscribe(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  write(data: string): void {
    const line = { data, timestamp: '2026-01-02T03:04:05.000Z' };
    this.lines.push(line);
    for (const listener of this.#listeners) listener(line);
  }
}

/** What a runtime was told, in order. */
export class StillRuntime implements SpaceRuntime {
  readonly appUrl = 'http://127.0.0.1:9';
  readonly buildLog = new TestLog();
  readonly runLog = new TestLog();
  readonly told: unknown[] = [];
  readonly counts = { builds: 0, starts: 0 };
  readonly source: SpaceSource;
  /** What came with each push. */
  readonly changes: { readonly onlyReadme: boolean }[] = [];
  /** The commit that it claims to run. */
  sha: string | undefined;
  #flavor = 'cpu-basic';

  constructor(source: SpaceSource) {
    this.source = source;
  }

  answer(): RuntimeAnswer {
    return {
      stage: 'RUNNING',
      sha: this.sha,
      hardware: { current: this.#flavor, requested: this.#flavor },
      storage: null,
      gcTimeout: 172800,
      replicas: { requested: 1 },
      devMode: false,
      domains: [],
    };
  }

  pushed(commit: string, change: { readonly onlyReadme: boolean } = { onlyReadme: false }): void {
    this.changes.push(change);
    this.told.push(['pushed', commit]);
  }

  settingsChanged(): void {
    this.told.push('settingsChanged');
  }

  restart(options: { factory: boolean }): void {
    this.told.push(['restart', options]);
  }

  pause(): void {
    this.told.push('pause');
  }

  sleep(): void {
    this.told.push('sleep');
  }

  setHardware(flavor: string, sleepTimeSeconds?: number): void {
    this.#flavor = flavor;
    this.told.push(['setHardware', flavor, sleepTimeSeconds]);
  }

  setSleepTime(seconds: number): void {
    this.told.push(['setSleepTime', seconds]);
  }

  setDevMode(): void {}

  pretend(): void {}

  async close(): Promise<void> {
    this.told.push('close');
  }
}

/** Runs nothing, so that tests see the API alone; the runtimes it made are kept by Space. */
export function stillRuntimes(): { start: StartSpaceRuntime; of: (id: string) => StillRuntime } {
  const made: StillRuntime[] = [];
  return {
    async start(source) {
      const runtime = new StillRuntime(source);
      made.push(runtime);
      return runtime;
    },
    of(id) {
      const runtime = made.findLast(({ source }) => source.id === id);
      if (!runtime) throw new Error(`No runtime was started for ${id}`);
      return runtime;
    },
  };
}
