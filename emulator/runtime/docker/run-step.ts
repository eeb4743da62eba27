import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildFailure, CannotRehearse } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { missingInStep } from '../image/missing-here.ts';
import { runToEnd } from '../process/run-to-end.ts';
import { bringProgram } from '../programs/bring-program.ts';
import { pythonUse } from '../python/pip-layer-key.ts';
import type { Words } from './dockerfile.ts';
import { madeNodeModules, npmLayerKey } from './npm-layer.ts';
import { planRun, runEnvironment } from './plan-run.ts';
import { type RunOrder, runWithPython } from './run-with-python.ts';
import type { StageState } from './stage-state.ts';

const LINES_TO_EXPLAIN = 60;
const LONGEST_SHOWN = 100;
/** Skipped commands that would have brought programs or libraries; the others change users and rights. */
const INSTALLS = /\b(?:apt-get|apt|aptitude|apk|dpkg|yum|dnf|microdnf|zypper)\b.*\b(?:install|add|-i)\b/s;

/** Runs those parts of a RUN that may run on this machine. Tells whether the result came from the cache. */
export async function runStep(command: Words, stage: StageState, job: BuildJob): Promise<'done' | 'cached'> {
  const line = command.form === 'shell' ? command.text : command.words.map(quote).join(' ');
  const plan = planRun(line, stage, runEnvironment(stage));
  if (plan.lacking.length > 0)
    throw new CannotRehearse(...plan.lacking.map((command) => lackingReason(command, stage)));
  for (const name of plan.brings) {
    stage.tools.push((await bringProgram(name, undefined, job)).directory);
    stage.installed.push(name);
  }
  for (const part of plan.skipped) job.log(`skipped, it would change this machine: ${part}\n`);
  stage.skipped.push(...plan.skipped.filter((part) => INSTALLS.test(part)));
  if (plan.commands.length === 0) return 'done';
  const cwd = stage.paths.locate(stage.workdir);
  await mkdir(cwd, { recursive: true });
  // The environment is made last: Python's may have moved to another place by then.
  await bringManagers(plan.commands, stage, job);
  const run = () => execute(plan.script, { line, cwd, stage }, job);
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
  const key = await npmLayerKey(install, cwd, nodeSettings(stage), job.layers);
  if (key !== undefined && (await job.layers.restore(key, `${cwd}/node_modules`))) return 'cached';
  await run();
  const made = key === undefined ? undefined : await madeNodeModules(cwd);
  if (key !== undefined && made !== undefined) await job.layers.keep(key, made);
  return 'done';
}

/** What an install depends on besides its files: the environment and the Node that runs it. */
function nodeSettings({ env, args, tools }: StageState): string {
  return [env['NODE_ENV'] ?? args['NODE_ENV'] ?? '', ...tools].join(' ');
}

interface Setting {
  readonly line: string;
  readonly cwd: string;
  readonly stage: StageState;
}

async function execute(script: string, { line, cwd, stage }: Setting, job: BuildJob): Promise<void> {
  const { shell } = stage;
  const [program = '/bin/sh', ...options] = shell;
  const env = runEnvironment(stage);
  const last: string[] = [];
  const onLine = (text: string) => {
    job.log(`${text}\n`);
    last.push(text);
    if (last.length > LINES_TO_EXPLAIN) last.shift();
  };
  const code = await runToEnd({ command: program, args: [...options, script], cwd, env, onLine }, job.signal);
  if (code === 0) return;
  const reason = missingInStep(last.join('\n'), stage.facts);
  if (reason !== undefined) throw new CannotRehearse(reason);
  const words = `process "${shell.join(' ')} ${line.trim()}" did not complete successfully: exit code: ${code}`;
  throw new BuildFailure(code, words);
}

/** Why nothing here can run a command, as a sentence. */
function lackingReason(command: string, stage: StageState): string {
  const shown = command.length > LONGEST_SHOWN ? `${command.slice(0, LONGEST_SHOWN)}…` : command;
  const [installs] = stage.skipped;
  const where = installs === undefined ? `the image ${stage.facts.name} may have` : `"${installs}" may bring`;
  return `"${shown}" needs a program that ${where}, and that the process engine does not have.`;
}

/** yarn is in the images of Node; pnpm, and newer versions of yarn, come with corepack, which is not run here. */
async function bringManagers(commands: readonly string[], stage: StageState, job: BuildJob): Promise<void> {
  for (const name of ['yarn', 'pnpm'] as const) {
    if (!commands.some((command) => new RegExp(`(?:^|[\\s;&|])${name}(?:\\s|$)`).test(command))) continue;
    if (stage.programDirectories.some((directory) => existsSync(join(directory, name)))) continue;
    if (existsSync(stage.paths.locate(`/usr/local/bin/${name}`))) continue;
    const manifest = await readFile(join(stage.paths.locate(stage.workdir), 'package.json'), 'utf8').catch(() => '');
    const version = new RegExp(`"packageManager"\\s*:\\s*"${name}@([\\d.]+)`).exec(manifest)?.[1];
    stage.tools.push((await bringProgram(name, version ?? (name === 'yarn' ? '1' : undefined), job)).directory);
  }
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
