import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { CONFIG_FILE } from '../../inputs/config/read-file.ts';
import { SDKS, type Sdk } from '../../inputs/sdk.ts';
import { parseSpace } from '../../inputs/space-id.ts';
import { GREEN, RED, WRONG_USAGE } from '../exit-code.ts';
import type { Machine } from '../machine.ts';
import type { Order } from '../order.ts';
import { type Candidate, lookAround } from './look-around.ts';
import { configText, type Project, workflowText } from './texts.ts';

const WORKFLOW = '.github/workflows/spaceport.yml';

/** Looks at a directory, asks what it does not show (four questions at most), and writes spaceport.yml and a workflow. */
export async function init(order: Order, machine: Machine): Promise<number> {
  const root = (await git(machine, 'rev-parse', '--show-toplevel')) ?? machine.cwd;
  for (const file of [CONFIG_FILE, WORKFLOW]) {
    if (await isThere(join(root, file)))
      return refuse(machine, `${file} is there already, and is not overwritten.\n${MOVE}`);
  }
  const project = await describe(order, machine, root);
  if (project === undefined) return refuse(machine, 'Nothing was written, because a question has no answer.', RED);
  if (typeof project === 'string') return refuse(machine, project);
  for (const [file, text] of [
    [CONFIG_FILE, configText(project)],
    [WORKFLOW, workflowText(project)],
  ] as const) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    // Fails where somebody else was quicker.
    await writeFile(join(root, file), text, { flag: 'wx' });
    machine.stdout.write(`wrote ${relative(machine.cwd, join(root, file))}\n`);
  }
  machine.stdout.write(nextSteps(project));
  return GREEN;
}

/** What is known of the project; a sentence where an argument is wrong, undefined where an answer was not given. */
async function describe(
  { inputs, options }: Order,
  machine: Machine,
  root: string,
): Promise<Project | string | undefined> {
  const directory = await chooseDirectory(inputs['path'], machine);
  if (directory === undefined) return undefined;
  const { isInteractive, ask } = machine;
  const sdk = inputs['sdk'] ?? directory.sdk ?? (isInteractive ? await ask.choose(WHICH_SDK, SDKS) : undefined);
  if (sdk === undefined)
    return isInteractive ? undefined : `${WHICH_SDK}\nFix: Choose it with --sdk, one of ${SDKS.join(', ')}.`;
  if (!isSdk(sdk)) return `--sdk is one of ${SDKS.join(', ')}.`;
  const space = inputs['space'] ?? (isInteractive ? await ask.text(WHICH_SPACE, wrongSpace) : undefined);
  if (space === undefined) return isInteractive ? undefined : `${WHICH_SPACE}\nFix: Name it with --space.`;
  const wrong = wrongSpace(space);
  if (wrong !== undefined) return `--space: ${wrong}`;
  const hasStaging =
    options['staging'] === true ||
    (isInteractive &&
      (await ask.confirm(`Also a staging Space ${space}-staging, which gets each version first?`)) === 'yes');
  const branch = await git(machine, 'symbolic-ref', '--short', 'HEAD');
  const path = relative(root, resolve(machine.cwd, directory.path)) || '.';
  return { space, path, sdk, hasStaging, branch: branch ?? 'main' };
}

const MOVE = 'Fix: Change it by hand, or move it away first.';
const WHICH_SDK = 'Nothing in the directory says what kind of Space it is. Which one?';
const WHICH_SPACE = 'Which Space, as owner/name? It is made by the first deployment.';

async function chooseDirectory(path: string | undefined, machine: Machine): Promise<Candidate | undefined> {
  if (path !== undefined) {
    const [own] = await lookAround(resolve(machine.cwd, path));
    return { path, sdk: own?.path === '.' ? own.sdk : undefined };
  }
  const candidates = await lookAround(machine.cwd);
  if (candidates.length === 1 || !machine.isInteractive) return candidates[0];
  const chosen = await machine.ask.choose(
    'Which directory is deployed?',
    candidates.map((each) => each.path),
  );
  return candidates.find((each) => each.path === chosen);
}

function wrongSpace(text: string): string | undefined {
  const parsed = parseSpace(text, undefined);
  return parsed.ok ? undefined : parsed.problems.map(({ what }) => what).join(' ');
}

function isSdk(text: string): text is Sdk {
  return SDKS.some((sdk) => sdk === text);
}

function nextSteps({ hasStaging, branch }: Project): string {
  const environments = hasStaging ? 'the environments staging and production' : 'the environment production';
  return `
Next:
  1. In ${WORKFLOW} and in line 1 of ${CONFIG_FILE}, replace OWNER by the owner of the action.
  2. Try it here: npx spaceport rehearse${hasStaging ? ' --environment staging' : ''}
  3. In the repository on GitHub, make ${environments}: Settings → Environments → New environment.
     Give ${hasStaging ? 'each' : 'it'} the secret HF_TOKEN, with "Add environment secret": a token that may write, made at
     https://huggingface.co/settings/tokens
  4. Commit both files and push them: each push to ${branch} is deployed.
`;
}

async function git({ git: run, cwd }: Machine, ...args: readonly string[]): Promise<string | undefined> {
  const answer = await run(cwd, args);
  return answer.ok ? answer.output.toString().trim() || undefined : undefined;
}

/** Also a link that leads nowhere is there. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function refuse({ stderr }: Machine, text: string, exitCode = WRONG_USAGE): number {
  stderr.write(`${text}\n`);
  return exitCode;
}
