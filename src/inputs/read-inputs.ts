import { Failure, type Problem } from '../base/failure.ts';
import type { Runner } from '../edges/runner.ts';
import { parseCard } from './card.ts';
import { hardwareProblems, parseHardware, parseSleepTime } from './hardware.ts';
import type { InputName, Inputs } from './inputs.ts';
import { parseExpectations, parseGlobs, parseRenames } from './lines.ts';
import { accepted, type Parsed } from './parsed.ts';
import { readGithubEvent, runContext } from './run-context.ts';
import { parseChoice, parseDuration, parseEnvironment, parseHealthPath, parseHubUrl } from './scalars.ts';
import { parseSettings } from './settings.ts';
import { parseOtherSpace, parseSpace } from './space-id.ts';
import { readGithubToken, readToken } from './token.ts';
import { defaultVisibility } from './visibility.ts';
import { parsePath } from './workspace-path.ts';

/**
 * Reads every input, masking secrets before anything else. All problems are found before the first is told.
 *
 * @throws Failure `inputs` with one problem for each thing that is wrong
 */
export async function readInputs(runner: Runner): Promise<Inputs> {
  const problems: Problem[] = [];
  const text = (name: InputName) => runner.input(name);
  const checked = <T>(name: InputName, parse: (text: string) => Parsed<T>): T | undefined => {
    const parsed = parse(text(name));
    if (parsed.ok) return parsed.value;
    problems.push(...parsed.problems.map((problem) => ({ where: `input \`${name}\``, ...problem })));
    return undefined;
  };

  const token = readToken(runner, problems);
  const githubToken = readGithubToken(runner);
  const hubUrl = checked('hub-url', (value) => parseHubUrl(value || runner.env['HF_ENDPOINT'] || ''));
  const settings = parseSettings(runner, problems);
  const space = checked('space', (value) => parseSpace(value, hubUrl));
  const environment = checked('environment', parseEnvironment);
  const sdk = checked('sdk', parseChoice(['docker', 'gradio', 'static', 'streamlit'], undefined));
  const strategy = checked('settings-strategy', parseChoice(['merge', 'mirror'], 'merge'));
  const mode = checked('mode', parseChoice(['deploy', 'plan', 'remove'], 'deploy'));
  const expect = checked('expect', parseChoice(['unchanged'], undefined));
  const hardware = checked('hardware', parseHardware);
  const sleepTimeSeconds = checked('sleep-time', parseSleepTime);
  const promotedFrom = checked('promoted-from', (value) => parseOtherSpace(value, hubUrl, space));
  const isolatedFrom = checked('isolated-from', (value) => parseOtherSpace(value, hubUrl, space));
  const onFailure = checked('on-failure', parseChoice(['rollback', 'keep'], 'rollback'));
  const visibility = checked('visibility', parseChoice(['public', 'private', 'protected'], undefined));
  const include = checked('include', parseGlobs);
  const exclude = checked('exclude', parseGlobs);
  const protect = checked('protect', parseGlobs);
  const renames = checked('rename', parseRenames);
  const card = checked('card', parseCard);
  const healthPath = checked('health-path', parseHealthPath);
  const healthExpect = checked('health-expect', parseExpectations);
  const timeoutMs = checked('timeout', parseDuration);
  // What is removed needs no files, so its job needs no checkout.
  const path = mode === 'remove' ? '.' : text('path') || '.';
  const located = await parsePath(path, runner.env['GITHUB_WORKSPACE'] ?? process.cwd());
  if (!located.ok) problems.push(...located.problems.map((problem) => ({ where: 'input `path`', ...problem })));
  if (sdk === 'static' && settings.secrets.size > 0) problems.push(staticSecrets([...settings.secrets.keys()]));
  const isManual = {
    ...(hardware === undefined ? {} : { hardware }),
    ...(sleepTimeSeconds === undefined ? {} : { sleepTimeSeconds }),
  };
  problems.push(...hardwareProblems(isManual, sdk));
  if (expect !== undefined && mode !== 'plan') problems.push(expectsWithoutPlan());
  if (problems.length > 0) throw new Failure('inputs', problems);
  const event = await readGithubEvent(runner.env['GITHUB_EVENT_PATH']);

  return {
    space: accepted(space),
    environment: accepted(environment),
    ...(sdk === undefined ? {} : { sdk }),
    ...(token === undefined ? {} : { token }),
    variables: settings.variables,
    secrets: settings.secrets,
    settingsStrategy: accepted(strategy),
    directory: accepted(located.ok ? located.value : undefined),
    path,
    include: accepted(include),
    exclude: accepted(exclude),
    protect: accepted(protect),
    renames: accepted(renames),
    card: accepted(card),
    visibility: visibility
      ? { value: visibility, from: 'the input `visibility` says so', explicit: true }
      : { ...defaultVisibility(accepted(environment), event), explicit: false },
    ...(healthPath === undefined ? {} : { healthPath }),
    healthExpect: accepted(healthExpect),
    timeoutMs: accepted(timeoutMs),
    ...(promotedFrom === undefined ? {} : { promotedFrom }),
    ...(isolatedFrom === undefined ? {} : { isolatedFrom }),
    onFailure: accepted(onFailure),
    mode: accepted(mode),
    ...(expect === undefined ? {} : { expect }),
    ...isManual,
    hubUrl: accepted(hubUrl),
    ...(githubToken === undefined ? {} : { githubToken }),
    run: runContext(runner.env, event),
  };
}

function expectsWithoutPlan(): Problem {
  return {
    where: 'input `expect`',
    what: 'A deployment changes what is not as it should be: only a plan can be expected to come to nothing.',
    fix: 'Set `mode: plan`, or leave `expect` out.',
  };
}

/** Why a static Space takes no secrets; also said later, when the SDK was not given but derived. */
export function staticSecrets(names: readonly string[]): Problem {
  return {
    where: 'input `secrets`',
    what: `A static Space cannot keep a secret, and it was given ${names.join(', ')}.`,
    cause: 'The Hub shows the secrets of a static Space to every visitor, in window.huggingface.variables.',
    fix: 'Leave `secrets` and `database-url` out, or serve the app from a docker Space.',
  };
}
