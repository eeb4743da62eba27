import { resolve } from 'node:path';
import { Failure, type Problem } from '../base/failure.ts';
import type { Runner } from '../edges/runner.ts';
import { strangersCommand } from './checks/command.ts';
import { type Configured, configureInputs } from './config/configure.ts';
import { explainInputs, explanationLines } from './config/explain.ts';
import { strangersFile } from './config/strangers-file.ts';
import { hardwareProblems } from './hardware.ts';
import { INPUTS, type Inputs, type InputValues } from './inputs.ts';
import { needsSource, OF_ONE_MODE } from './modes.ts';
import { defaults, parseAll, problemsOf } from './parse-all.ts';
import { good, goodValue, type Parsed } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';
import { certainlyMissing, notGiven } from './required.ts';
import { readGithubEvent, runContext } from './run-context.ts';
import { staticSecrets } from './settings.ts';
import { settingsWarnings } from './settings-warnings.ts';
import { volumeProblems } from './volumes.ts';
import { isEmptyDirectory, parsePath } from './workspace-path.ts';

/** Finds what else is wrong, from inputs of which some others are: those with the names in `wrong`. */
type FindMore = (inputs: Inputs, wrong: readonly string[]) => Promise<readonly Problem[]>;

/** The inputs that say which files are deployed, and as what: where one is wrong, nothing is known of the files. */
const ABOUT_FILES: readonly string[] = ['path', 'include', 'exclude', 'protect', 'rename', 'sdk', 'card', 'mode'];

/**
 * Reads every input, masking secrets before anything else. All problems are found before the first is reported; those
 * with the files, too, when `findMore` looks for them and the inputs say which files they are.
 *
 * @throws Failure `inputs` with one problem for each thing that is wrong
 */
export async function readInputs(runner: Runner, findMore: FindMore = async () => []): Promise<Inputs> {
  const event = await readGithubEvent(runner.env['GITHUB_EVENT_PATH']);
  const step: RawInputs = { text: runner.input, env: runner.env, event };
  maskSecrets(runner, step);
  const configured = await configureInputs(step, workspaceOf(runner.env));
  for (const secret of configured.secrets) runner.mask(secret);
  const { raw } = configured;
  if (configured.file !== undefined) maskSecrets(runner, raw);
  explain(runner, step, configured);
  const { values, problems, wrong } = parseAll(configured, step);
  const directory = await locate(values, runner.env);
  problems.push(...problemsOf('path', directory, configured, step), ...problemsTogether(values));
  const run = runContext(runner.env, event);
  problems.push(...strangersFile(configured, values.mode ?? 'deploy', run), ...strangersCommand(values, run));
  // Without a problem every row has given its value.
  const given = (problems.length === 0 ? values : { ...defaults(raw), ...values }) as InputValues;
  const inputs = {
    ...given,
    workspace: resolve(workspaceOf(runner.env)),
    directory: goodValue(directory) ?? '',
    warnings: [...configured.warnings, ...settingsWarnings(given)],
    run,
  };
  if (problems.length === 0) return inputs;
  const areFilesKnown =
    directory.ok && configured.wrong !== undefined && !wrong.some((name) => ABOUT_FILES.includes(name));
  throw new Failure('inputs', areFilesKnown ? withNew(problems, await findMore(inputs, wrong)) : problems);
}

function withNew(problems: readonly Problem[], more: readonly Problem[]): readonly Problem[] {
  const known = new Set(problems.map((problem) => JSON.stringify(problem)));
  return [...problems, ...more.filter((problem) => !known.has(JSON.stringify(problem)))];
}

function maskSecrets(runner: Runner, raw: RawInputs): void {
  for (const { name, secrets } of Object.values(INPUTS)) {
    for (const secret of secrets(raw.text(name), raw)) if (secret !== '') runner.mask(secret);
  }
}

/** Where each value comes from, for whoever asks, or reads the debug log. */
function explain(runner: Runner, step: RawInputs, configured: Configured): void {
  const print = runner.explain ?? (configured.file === undefined ? undefined : runner.debug);
  if (print === undefined) return;
  for (const line of explanationLines(explainInputs(step, configured))) print(line);
}

function workspaceOf(env: RawInputs['env']): string {
  return env['GITHUB_WORKSPACE'] || process.cwd();
}

async function locate({ mode, path }: Partial<InputValues>, env: RawInputs['env']): Promise<Parsed<string>> {
  const workspace = workspaceOf(env);
  // What needs no files needs no checkout in its job, and what is verified can do without them.
  const hasFiles = needsSource(mode) || (mode === 'verify' && !(await isEmptyDirectory(workspace)));
  return hasFiles ? parsePath(path ?? '.', workspace) : good(resolve(workspace));
}

/** What is wrong with inputs that are each right alone. */
function problemsTogether(values: Partial<InputValues>): readonly Problem[] {
  const { sdk, secrets, expect, mode, to, factory } = values;
  const missing = mode === 'deploy' ? certainlyMissing(values) : [];
  return [
    ...(sdk === 'static' && secrets !== undefined && secrets.size > 0 ? [staticSecrets([...secrets.keys()])] : []),
    ...hardwareProblems(values, sdk),
    ...volumeProblems(values.volumes, sdk),
    ...(missing.length > 0 ? [notGiven(missing)] : []),
    ...(expect !== undefined && mode !== OF_ONE_MODE.expect ? [expectsWithoutPlan()] : []),
    ...(to !== undefined && mode !== OF_ONE_MODE.to ? [isOfAnotherMode('to')] : []),
    ...(factory === true && mode !== OF_ONE_MODE.factory ? [isOfAnotherMode('factory')] : []),
  ];
}

function expectsWithoutPlan(): Problem {
  return {
    where: 'input `expect`',
    what: 'Only a plan can be expected to change nothing; a deployment changes what is not as it should be.',
    fix: 'Set `mode: plan`, or leave `expect` out.',
  };
}

/** Whoever gives it wants something else than what the mode does. */
function isOfAnotherMode(name: keyof typeof OF_ONE_MODE): Problem {
  const mode = OF_ONE_MODE[name];
  return {
    where: `input \`${name}\``,
    what: `\`${name}\` has a meaning with \`mode: ${mode}\` only.`,
    fix: `Set \`mode: ${mode}\`, or leave \`${name}\` out.`,
  };
}
