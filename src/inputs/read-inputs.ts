import { Failure, type Problem } from '../base/failure.ts';
import type { Runner } from '../edges/runner.ts';
import { hardwareProblems } from './hardware.ts';
import { INPUTS, type Inputs, type InputValues } from './inputs.ts';
import { goodValue, type Parsed } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';
import { readGithubEvent, runContext } from './run-context.ts';
import { staticSecrets } from './settings.ts';
import { settingsWarnings } from './settings-warnings.ts';
import { parsePath } from './workspace-path.ts';

/**
 * Reads every input, masking secrets before anything else. All problems are found before the first is reported.
 *
 * @throws Failure `inputs` with one problem for each thing that is wrong
 */
export async function readInputs(runner: Runner): Promise<Inputs> {
  const event = await readGithubEvent(runner.env['GITHUB_EVENT_PATH']);
  const raw: RawInputs = { text: runner.input, env: runner.env, event };
  maskSecrets(runner, raw);
  const { values, problems } = parseAll(raw);
  const directory = await locate(values, runner.env);
  problems.push(...problemsOf('path', directory), ...problemsTogether(values));
  if (problems.length > 0) throw new Failure('inputs', problems);
  // Without a problem every row has given its value.
  const inputs = values as InputValues;
  return {
    ...inputs,
    directory: goodValue(directory) ?? '',
    warnings: settingsWarnings(inputs),
    run: runContext(runner.env, event),
  };
}

function maskSecrets(runner: Runner, raw: RawInputs): void {
  for (const { name, secrets } of Object.values(INPUTS)) {
    for (const secret of secrets(raw.text(name), raw)) if (secret !== '') runner.mask(secret);
  }
}

function parseAll(raw: RawInputs): { readonly values: Partial<InputValues>; readonly problems: Problem[] } {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [key, { name, parse }] of Object.entries(INPUTS)) {
    const parsed: Parsed<unknown> = parse(raw.text(name), raw);
    values[key] = goodValue(parsed);
    problems.push(...problemsOf(name, parsed));
  }
  return { values, problems };
}

function problemsOf(name: string, parsed: Parsed<unknown>): readonly Problem[] {
  return parsed.ok ? [] : parsed.problems.map((problem) => ({ where: `input \`${name}\``, ...problem }));
}

function locate({ mode, path }: Partial<InputValues>, env: RawInputs['env']): Promise<Parsed<string>> {
  // What is removed needs no files, so its job needs no checkout.
  return parsePath(mode === 'remove' ? '.' : (path ?? '.'), env['GITHUB_WORKSPACE'] ?? process.cwd());
}

/** What is wrong with inputs that are each right alone. */
function problemsTogether(values: Partial<InputValues>): readonly Problem[] {
  const { sdk, secrets, expect, mode } = values;
  return [
    ...(sdk === 'static' && secrets !== undefined && secrets.size > 0 ? [staticSecrets([...secrets.keys()])] : []),
    ...hardwareProblems(values, sdk),
    ...(expect !== undefined && mode !== 'plan' ? [expectsWithoutPlan()] : []),
  ];
}

function expectsWithoutPlan(): Problem {
  return {
    where: 'input `expect`',
    what: 'Only a plan can be expected to change nothing; a deployment changes what is not as it should be.',
    fix: 'Set `mode: plan`, or leave `expect` out.',
  };
}
