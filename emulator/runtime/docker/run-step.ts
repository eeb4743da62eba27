import { mkdir } from 'node:fs/promises';
import { BuildFailure } from '../failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { runToEnd } from '../process/run-to-end.ts';
import type { Words } from './dockerfile.ts';
import { madeNodeModules, npmLayerKey } from './npm-layer.ts';
import { planRun, type RunPlan, runEnvironment } from './plan-run.ts';
import type { StageState } from './stage-state.ts';

/** Runs what of a RUN may run on this machine. Answers whether it came from the cache. */
export async function runStep(command: Words, stage: StageState, job: BuildJob): Promise<'done' | 'cached'> {
  const env = runEnvironment(stage);
  const line = command.form === 'shell' ? command.text : command.words.map(quote).join(' ');
  const plan = planRun(line, stage, env);
  for (const part of plan.skipped) job.log(`skipped, it would change this machine: ${part}\n`);
  if (plan.commands.length === 0) return 'done';
  const cwd = stage.paths.locate(stage.workdir);
  await mkdir(cwd, { recursive: true });
  const key = await layerKey(plan, cwd, env, job);
  if (key !== undefined && (await job.layers.restore(key, `${cwd}/node_modules`))) return 'cached';
  await execute(plan.script, { line, cwd, env, shell: stage.shell }, job);
  const made = key === undefined ? undefined : await madeNodeModules(cwd);
  if (key !== undefined && made !== undefined) await job.layers.keep(key, made);
  return 'done';
}

interface Setting {
  readonly line: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: readonly string[];
}

async function execute(script: string, { line, cwd, env, shell }: Setting, job: BuildJob): Promise<void> {
  const [program = '/bin/sh', ...options] = shell;
  const onLine = (text: string) => job.log(`${text}\n`);
  const code = await runToEnd({ command: program, args: [...options, script], cwd, env, onLine }, job.signal);
  if (code === 0) return;
  const words = `process "${shell.join(' ')} ${line.trim()}" did not complete successfully: exit code: ${code}`;
  throw new BuildFailure(code, words);
}

/** Cleaning npm's cache afterwards does not change what the install made. */
async function layerKey(plan: RunPlan, cwd: string, env: Setting['env'], job: BuildJob): Promise<string | undefined> {
  const [install, ...others] = plan.commands.filter((command) => !/^npm cache (clean|verify)/.test(command));
  if (install === undefined || others.length > 0) return undefined;
  return npmLayerKey(install, cwd, env['NODE_ENV'], job.layers);
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
