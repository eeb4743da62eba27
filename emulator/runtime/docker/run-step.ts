import { mkdir } from 'node:fs/promises';
import { BuildFailure } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { runToEnd } from '../process/run-to-end.ts';
import { pythonUse } from '../python/pip-layer-key.ts';
import type { Words } from './dockerfile.ts';
import { madeNodeModules, npmLayerKey } from './npm-layer.ts';
import { planRun, runEnvironment } from './plan-run.ts';
import { type RunOrder, runWithPython } from './run-with-python.ts';
import type { StageState } from './stage-state.ts';

/** Runs those parts of a RUN that may run on this machine. Tells whether the result came from the cache. */
export async function runStep(command: Words, stage: StageState, job: BuildJob): Promise<'done' | 'cached'> {
  const line = command.form === 'shell' ? command.text : command.words.map(quote).join(' ');
  const plan = planRun(line, stage, runEnvironment(stage));
  for (const part of plan.skipped) job.log(`skipped, it would change this machine: ${part}\n`);
  if (plan.commands.length === 0) return 'done';
  const cwd = stage.paths.locate(stage.workdir);
  await mkdir(cwd, { recursive: true });
  // The environment is made last: Python's may have moved to another place by then.
  const run = () => execute(plan.script, { line, cwd, env: runEnvironment(stage), shell: stage.shell }, job);
  const order = { commands: plan.commands, cwd, run };
  const usesPython = plan.commands.some((each) => pythonUse(each) !== 'none');
  return usesPython ? runWithPython(order, stage, job) : runWithNpm(order, stage, job);
}

async function runWithNpm(
  { commands, cwd, run }: RunOrder,
  stage: StageState,
  job: BuildJob,
): Promise<'done' | 'cached'> {
  const [install, ...others] = commands;
  if (install === undefined || others.length > 0) return run().then(() => 'done');
  const key = await npmLayerKey(install, cwd, stage.env['NODE_ENV'] ?? stage.args['NODE_ENV'], job.layers);
  if (key !== undefined && (await job.layers.restore(key, `${cwd}/node_modules`))) return 'cached';
  await run();
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

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
