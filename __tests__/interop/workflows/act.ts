import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { REPOSITORY } from './checkout.ts';

export interface Order {
  readonly workflow: 'ci' | 'staging' | 'preview' | 'preview-sweep';
  readonly event: 'push' | 'pull_request' | 'workflow_dispatch';
  /** What GitHub would send with the event, but for the repository. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly hubUrl: string;
  /** Directory of programs that come before those of this machine. */
  readonly programs?: string;
  /** Of a later run it is greater. */
  readonly runId: number;
}

export interface WorkflowRun {
  readonly exitCode: number | null;
  /** How each job that ran ended; those that were left out are not there. */
  readonly jobs: Readonly<Record<string, string>>;
  readonly log: string;
}

const ACT = resolve('.venv/bin/act');
const STAND_INS = resolve('__tests__/interop/workflows/stand-ins');

/**
 * Runs a workflow of the checkout with `act`, each job as processes of this machine in a copy of the checkout. Two things
 * are not GitHub's: act itself does what actions/checkout would, and actions/setup-node is a stand-in, since there may be
 * no way to github.com. act starts whatever it is told to: filters of branches are left to __tests__/workflows.
 */
export async function runWorkflow(checkout: { readonly directory: string }, order: Order): Promise<WorkflowRun> {
  const place = mkdtempSync(join(tmpdir(), 'spaceport-act-'));
  const file = (name: string, content: string) => {
    writeFileSync(join(place, name), content);
    return join(place, name);
  };
  const workflow = join(checkout.directory, `.github/workflows/${order.workflow}.yml`);
  const repository = { full_name: REPOSITORY, private: false, default_branch: 'main' };
  const [owner = '', name = ''] = REPOSITORY.split('/');
  const event = { ...order.payload, repository: { ...repository, name, owner: { login: owner } } };
  const act = spawn(
    ACT,
    [
      order.event,
      '--json',
      ...['--workflows', workflow],
      ...['--eventpath', file('event.json', JSON.stringify(event))],
      ...['--platform', 'ubuntu-latest=-self-hosted'],
      ...['--secret-file', file('secrets', dotenv(order.secrets))],
      ...['--var-file', file('variables', dotenv(order.variables))],
      ...['--env-file', file('env', dotenv({ HF_ENDPOINT: order.hubUrl, GITHUB_RUN_ID: String(order.runId) }))],
      ...['--action-cache-path', join(place, 'actions')],
      '--no-cache-server',
      ...standIns(readFileSync(workflow, 'utf8'), place).flatMap((stand) => ['--local-repository', stand]),
    ],
    { cwd: checkout.directory, env: machine(order.programs), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const jobs: Record<string, string> = {};
  const log: string[] = [];
  for (const stream of [act.stdout, act.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      const { jobID, jobResult, msg } = parsed(line);
      if (jobID !== undefined && jobResult !== undefined) jobs[jobID] = jobResult;
      log.push(`${jobID ?? 'act'}: ${msg}`.trimEnd());
    });
  }
  const exitCode = await new Promise<number | null>((ended) => act.on('close', ended));
  rmSync(place, { recursive: true, force: true });
  return { exitCode, jobs, log: log.join('\n') };
}

/** `owner/name@commit=directory` for each action that has a stand-in, by the pins of the workflow itself. */
function standIns(workflow: string, place: string): readonly string[] {
  const pins = new Set([...workflow.matchAll(/uses: actions\/setup-node@([0-9a-f]{40})/g)].map(([, commit]) => commit));
  const setups = [...pins].map((commit) => `actions/setup-node@${commit}=${join(STAND_INS, 'setup-node')}`);
  return /uses: OWNER\/spaceport@v1$/m.test(workflow) ? [...setups, `OWNER/spaceport@v1=${released(place)}`] : setups;
}

/** What GitHub fetches of this action when a workflow of another repository calls it; act copies it for each call. */
function released(place: string): string {
  const directory = join(place, 'spaceport');
  cpSync('dist', join(directory, 'dist'), { recursive: true });
  cpSync('action.yml', join(directory, 'action.yml'));
  return directory;
}

function dotenv(entries: Readonly<Record<string, string>> = {}): string {
  return Object.entries(entries)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join('');
}

/** This machine's environment without what jest and npm put there for themselves. */
function machine(programs: string | undefined): NodeJS.ProcessEnv {
  const own = /^(NODE_(OPTIONS|ENV)$|JEST_|GITHUB_|HF_|INPUT_|npm_(?!config_)|INIT_CWD$)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
  return programs === undefined ? env : { ...env, PATH: `${programs}:${env['PATH']}` };
}

function parsed(line: string): { jobID?: string; jobResult?: string; msg: string } {
  try {
    return { msg: '', ...(JSON.parse(line) as object) };
  } catch {
    return { msg: line };
  }
}
