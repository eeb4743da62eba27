import { mkdir } from 'node:fs/promises';
import type { Build } from './build.ts';
import { copyFiles } from './copy-files.ts';
import type { Pair, Step } from './dockerfile.ts';
import { withMounts } from './mounts.ts';
import { runStep } from './run-step.ts';
import type { StageState } from './stage-state.ts';

/** Variables that name a directory of the image, for programs that everybody uses. */
const DIRECTORIES =
  /^(?:HOME|VIRTUAL_ENV|UV_PROJECT_ENVIRONMENT|PNPM_HOME|HF_HOME|HF_HUB_CACHE|TRANSFORMERS_CACHE|SENTENCE_TRANSFORMERS_HOME|TORCH_HOME|MPLCONFIGDIR|NUMBA_CACHE_DIR|NLTK_DATA|XDG_\w+_HOME|DENO_DIR|PYTHONUSERBASE)$/;

/** Carries out the steps of one stage and writes them to the build log as the Hub does. */
export class StepRunner {
  readonly #stage: StageState;
  readonly #build: Build;

  constructor(stage: StageState, build: Build) {
    this.#stage = stage;
    this.#build = build;
  }

  async run(step: Step): Promise<void> {
    const { job } = this.#build;
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
      case 'add':
        await copyFiles(step, stage, this.#build);
        break;
      case 'run':
        return withMounts(step.mounts, stage, this.#build, () => runStep(step.command, stage, this.#build.job));
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
      case 'onbuild':
        stage.onBuild.push(step.step);
        break;
      case 'other':
        break;
      default:
        return step satisfies never;
    }
    return 'done';
  }

  /** One ENV sees the values from before it, also in its own later pairs. */
  #setEnv(pairs: readonly Pair[]): void {
    const stage = this.#stage;
    const values = pairs.map(([name, value = '']) => [stage.expand(name), stage.expand(value)] as const);
    for (const [name, value] of values) stage.env[name] = value;
    // Nothing made them yet, and the programs that read them write there.
    for (const [name, value] of values) if (DIRECTORIES.test(name)) stage.paths.add(value);
  }

  /** A variable of the Space comes before the default here, which comes before the one ahead of FROM. */
  #setArgs(pairs: readonly Pair[]): void {
    const { job, plan } = this.#build;
    const stage = this.#stage;
    for (const [name, value] of pairs) {
      const given = job.variables[name] ?? (value === undefined ? plan.globals[name] : stage.expand(value));
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
}
