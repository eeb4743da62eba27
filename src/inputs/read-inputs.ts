import { resolve } from 'node:path';
import { Failure, type Problem } from '../base/failure.ts';
import type { Runner } from '../edges/runner.ts';
import { hardwareProblems } from './hardware.ts';
import { INPUTS, type Inputs, type InputValues } from './inputs.ts';
import { good, goodValue, type Parsed } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';
import { readGithubEvent, runContext } from './run-context.ts';
import { staticSecrets } from './settings.ts';
import { settingsWarnings } from './settings-warnings.ts';
import { parsePath } from './workspace-path.ts';

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
  const raw: RawInputs = { text: runner.input, env: runner.env, event };
  maskSecrets(runner, raw);
  const { values, problems, wrong } = parseAll(raw);
  const directory = await locate(values, runner.env);
  problems.push(...problemsOf('path', directory), ...problemsTogether(values));
  // Without a problem every row has given its value.
  const given = (problems.length === 0 ? values : { ...defaults(raw), ...values }) as InputValues;
  const inputs = {
    ...given,
    directory: goodValue(directory) ?? '',
    warnings: settingsWarnings(given),
    run: runContext(runner.env, event),
  };
  if (problems.length === 0) return inputs;
  const areFilesKnown = directory.ok && !wrong.some((name) => ABOUT_FILES.includes(name));
  throw new Failure('inputs', areFilesKnown ? withNew(problems, await findMore(inputs, wrong)) : problems);
}

/** What the inputs would be if none were given, for those that are wrong. */
function defaults({ env, event }: RawInputs): Partial<InputValues> {
  return parseAll({ text: (name) => (name === 'space' ? 'owner/name' : ''), env, event }).values;
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

/** What the rows of the table make of the texts, and the names of those that are wrong. */
interface Parsings {
  readonly values: Partial<InputValues>;
  readonly problems: Problem[];
  readonly wrong: readonly string[];
}

function parseAll(raw: RawInputs): Parsings {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const wrong: string[] = [];
  for (const [key, { name, parse }] of Object.entries(INPUTS)) {
    const parsed: Parsed<unknown> = parse(raw.text(name), raw);
    if (parsed.ok) values[key] = parsed.value;
    else wrong.push(name);
    problems.push(...problemsOf(name, parsed));
  }
  return { values, problems, wrong };
}

function problemsOf(name: string, parsed: Parsed<unknown>): readonly Problem[] {
  return parsed.ok ? [] : parsed.problems.map((problem) => ({ where: `input \`${name}\``, ...problem }));
}

/** Whether a mode reads the files of a repository. */
export function needsFiles(mode: Inputs['mode'] | undefined): boolean {
  return mode === undefined || mode === 'deploy' || mode === 'plan';
}

async function locate({ mode, path }: Partial<InputValues>, env: RawInputs['env']): Promise<Parsed<string>> {
  const workspace = env['GITHUB_WORKSPACE'] ?? process.cwd();
  // What needs no files needs no checkout in its job.
  return needsFiles(mode) ? parsePath(path ?? '.', workspace) : good(resolve(workspace));
}

/** What is wrong with inputs that are each right alone. */
function problemsTogether(values: Partial<InputValues>): readonly Problem[] {
  const { sdk, secrets, expect, mode, to, factory } = values;
  return [
    ...(sdk === 'static' && secrets !== undefined && secrets.size > 0 ? [staticSecrets([...secrets.keys()])] : []),
    ...hardwareProblems(values, sdk),
    ...(expect !== undefined && mode !== 'plan' ? [expectsWithoutPlan()] : []),
    ...(to !== undefined && mode !== 'rollback' ? [isOfAnotherMode('to', 'rollback')] : []),
    ...(factory === true && mode !== 'restart' ? [isOfAnotherMode('factory', 'restart')] : []),
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
function isOfAnotherMode(name: string, mode: string): Problem {
  return {
    where: `input \`${name}\``,
    what: `\`${name}\` has a meaning with \`mode: ${mode}\` only.`,
    fix: `Set \`mode: ${mode}\`, or leave \`${name}\` out.`,
  };
}
