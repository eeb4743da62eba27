import { plainLine } from '../base/plain-line.ts';
import { createLogView, type LogEvent } from '../edges/log-view.ts';
import type { Answer } from '../edges/runner.ts';
import { createScreen, type Screen } from '../edges/screen.ts';
import { type TerminalRunner, terminalRunner } from '../edges/terminal.ts';
import { main } from '../main.ts';
import { progressLine, waitingLine } from '../report/progress-lines.ts';
import type { RunEvent, RunResult } from '../report/run-event.ts';
import { exitCodeOf, WRONG_USAGE } from './exit-code.ts';
import { findToken } from './find-token.ts';
import { findWorkspace } from './find-workspace.ts';
import { jsonFields, jsonLine } from './json-event.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';
import { verdict } from './verdict.ts';

/** Runs a mode of the action with a terminal, or a pipe, in place of GitHub's runner; the exit code. */
export async function runMode(order: Order, mode: string, machine: Machine): Promise<number> {
  const { clock, stdout } = machine;
  const started = clock.now();
  const given = await givenTo(order, mode, machine);
  if (typeof given === 'string') {
    machine.stderr.write(given);
    return WRONG_USAGE;
  }
  const isJson = order.options['json'] === true;
  const screen = createScreen(stdout);
  const runner = terminalRunner({
    ...given,
    show: isJson ? () => undefined : showOn(screen, order, machine),
    confirm: (question) => confirm(question, order, machine, screen),
    hasLiveLine: !isJson && stdout.isTTY === true,
  });
  const onEvent = isJson ? printJson(machine, runner) : showWaits(screen, machine, runner);
  const ended = await main({ ...machine, runner }, onEvent).finally(screen.close);
  if (!isJson) printVerdict(screen, ended, runner, clock.now() - started);
  return exitCodeOf(ended);
}

/** The inputs and the environment of the run, or what is wrong with the command. */
async function givenTo(order: Order, mode: string, { env, git, cwd }: Machine) {
  const file = order.options['token-file'];
  const found = await findToken(env, typeof file === 'string' && file !== '' ? file : undefined);
  if (found.kind === 'wrong') return `${found.what}\nFix: Log in with \`hf auth login\`, or give another token.\n`;
  if (found.kind === 'none' && !hasIdentity(env)) return noToken(found.looked);
  const { root, path } = await findWorkspace(git, cwd, order.inputs['path']);
  const token = found.kind === 'found' ? found.token : undefined;
  return {
    inputs: { ...order.inputs, mode, ...(path === undefined ? undefined : { path }) },
    env: { ...env, GITHUB_WORKSPACE: root, HF_TOKEN: token },
  };
}

/** Whether the job of a CI system has an identity that the Hub may exchange for a token (hub-contract §4.2). */
function hasIdentity(env: Machine['env']): boolean {
  return Boolean(env['HF_OIDC_ID_TOKEN'] || env['ACTIONS_ID_TOKEN_REQUEST_URL']);
}

function noToken(looked: readonly string[]): string {
  return `There is no token of Hugging Face to sign in with.
Where: ${looked.join(', then ')}
Fix: Log in with \`hf auth login\`, set HF_TOKEN, or name a file that has the token with --token-file.
`;
}

function showOn(screen: Screen, { options }: Order, { stdout }: Machine): (event: LogEvent) => void {
  // Without a terminal nobody can unfold what is folded.
  return createLogView(screen, options['verbose'] === true || !stdout.isTTY);
}

async function confirm(question: string, { options }: Order, machine: Machine, screen: Screen): Promise<Answer> {
  if (options['yes'] === true) return 'yes';
  if (!machine.isInteractive || options['json'] === true) return 'nobody to ask';
  screen.status(undefined);
  return machine.ask(question);
}

function printJson({ stdout, clock }: Machine, { redact }: TerminalRunner): (event: RunEvent) => void {
  return (event) => void stdout.write(`${jsonLine(jsonFields(event), clock.now(), redact)}\n`);
}

/** What is waited for, on the line of the terminal that changes. */
function showWaits(screen: Screen, { clock, stdout }: Machine, { redact }: TerminalRunner) {
  return (event: RunEvent): void => {
    if (!stdout.isTTY) return;
    if (event.kind === 'waiting') screen.status(plainLine(redact(waitingLine(event))));
    if (event.kind === 'progress') screen.status(plainLine(redact(progressLine(event, undefined, clock.now()))));
  };
}

function printVerdict(screen: Screen, ended: RunResult, { outputs }: TerminalRunner, tookMs: number): void {
  const [first = '', ...rest] = verdict(ended, outputs, tookMs);
  screen.print(screen.styled(ended.failure === undefined ? 'green' : 'red', first));
  for (const line of rest) screen.print(line);
}
