import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BuildJob } from '../image/build-job.ts';
import { copyIntoImage } from './copy-into-image.ts';
import type { Copy, Dockerfile, Pair, Step } from './dockerfile.ts';
import { stageIndex } from './needed-stages.ts';
import { runStep } from './run-step.ts';
import type { StageState } from './stage-state.ts';

interface Surroundings {
  readonly dockerfile: Dockerfile;
  /** The stages so far, this one the last. */
  readonly states: readonly StageState[];
  readonly globals: Readonly<Record<string, string>>;
  readonly ignored: ReadonlySet<string>;
  readonly job: BuildJob;
}

/** Carries out the steps of one stage and writes them to the build log as the Hub does. */
export class StepRunner {
  readonly #stage: StageState;
  readonly #around: Surroundings;

  constructor(stage: StageState, around: Surroundings) {
    this.#stage = stage;
    this.#around = around;
  }

  async run(step: Step): Promise<void> {
    const { job } = this.#around;
    job.signal.throwIfAborted();
    const started = performance.now();
    job.log(`--> ${step.text}\n`);
    const outcome = await this.#carryOut(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    job.log(outcome === 'cached' ? 'CACHED\n' : `DONE ${seconds}s\n`);
  }

  async #carryOut(step: Step): Promise<'cached' | 'done'> {
    const stage = this.#stage;
    switch (step.kind) {
      case 'env':
        this.#setEnv(step.pairs);
        break;
      case 'arg':
        this.#setArgs(step.pairs);
        break;
      case 'workdir':
        await this.#enter(stage.resolve(stage.expand(step.path)));
        break;
      case 'copy':
        await this.#copy(step);
        break;
      case 'run':
        return this.#withSecrets(step.mounts, () => runStep(step.command, stage, this.#around.job));
      case 'cmd':
        stage.cmd = stage.command(step.command);
        stage.hasOwnCmd = true;
        break;
      case 'entrypoint':
        stage.entrypoint = stage.command(step.command);
        if (!stage.hasOwnCmd) stage.cmd = undefined; // The base image's CMD is not for another ENTRYPOINT.
        break;
      case 'shell':
        stage.shell = step.words;
        break;
      case 'volume':
        for (const path of step.words) await this.#makeDirectory(stage.expand(path));
        break;
      case 'other':
        break;
      default:
        return step satisfies never;
    }
    return 'done';
  }

  #setEnv(pairs: readonly Pair[]): void {
    const stage = this.#stage;
    const values = pairs.map(([name, value = '', literal]) => [name, literal ? value : stage.expand(value)] as const);
    for (const [name, value] of values) stage.env[name] = value;
    stage.paths.add(stage.env['HOME'] ?? '');
  }

  /** A variable of the Space comes before the default here, which comes before the one ahead of FROM. */
  #setArgs(pairs: readonly Pair[]): void {
    const { job, globals } = this.#around;
    const stage = this.#stage;
    for (const [name, value, literal] of pairs) {
      const preset = value === undefined || literal ? value : stage.expand(value);
      const given = job.variables[name] ?? preset ?? globals[name];
      if (given !== undefined) stage.args[name] = given;
    }
  }

  async #enter(path: string): Promise<void> {
    this.#stage.workdir = path.length > 1 ? path.replace(/\/+$/, '') : path;
    await this.#makeDirectory(path);
  }

  async #makeDirectory(path: string): Promise<void> {
    this.#stage.paths.add(path);
    await mkdir(this.#stage.paths.locate(path), { recursive: true });
  }

  async #copy(step: Copy): Promise<void> {
    const { job } = this.#around;
    const stage = this.#stage;
    const sources = step.sources.map((source) => stage.expand(source));
    const remote = sources.filter((source) => /^(https?|git):\/\//.test(source));
    for (const url of remote) job.log(`skipped, not fetched here: ${url}\n`);
    const from = step.from === undefined ? job.context : this.#rootOf(stage.expand(step.from));
    if (from === undefined) return job.log(`skipped, there is no image ${step.from} here\n`);
    if (step.from === undefined) this.#warnOfIgnored(sources);
    const heredocs = step.heredocs.map((each) =>
      each.literal ? each : { ...each, content: stage.expand(each.content) },
    );
    const local = sources.filter((source) => !remote.includes(source));
    const destination = stage.resolve(stage.expand(step.destination));
    await copyIntoImage({ from, sources: local, heredocs, destination }, stage.paths);
  }

  #rootOf(name: string): string | undefined {
    const { dockerfile, states } = this.#around;
    return states[stageIndex(dockerfile.stages, name, states.length - 1)]?.paths.root;
  }

  #warnOfIgnored(sources: readonly string[]): void {
    for (const source of sources.map((each) => each.replace(/^(\.?\/)+/, ''))) {
      if (!this.#around.ignored.has(source)) continue;
      this.#around.job.log(
        `WARN: CopyIgnoredFile: Attempting to Copy file "${source}" that is excluded by .dockerignore\n`,
      );
    }
  }

  /** `--mount=type=secret,id=NAME` is a file for the time of the step (hub-contract §17). */
  async #withSecrets<T>(mounts: readonly string[], run: () => Promise<T>): Promise<T> {
    const { paths } = this.#stage;
    const files: string[] = [];
    for (const mount of mounts) {
      const options = new URLSearchParams(mount.replaceAll(',', '&'));
      const id = options.get('id') ?? '';
      const value = this.#around.job.secrets[id];
      if (options.get('type') !== 'secret' || value === undefined) continue;
      const path = options.get('target') ?? options.get('dst') ?? `/run/secrets/${id}`;
      paths.add(path);
      const file = paths.locate(path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, value, { mode: 0o600 });
      files.push(file);
    }
    try {
      return await run();
    } finally {
      await Promise.all(files.map((file) => rm(file, { force: true })));
    }
  }
}
