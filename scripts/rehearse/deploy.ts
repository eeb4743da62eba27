import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettyMs from 'pretty-ms';
import type { Hub } from '../../emulator/api.ts';
import type { NotRehearsable } from '../../emulator/space-runtime.ts';
import { createLogView, type LogEvent } from '../../src/edges/log-view.ts';
import type { Screen } from '../../src/edges/screen.ts';
import type { Deployment, Ran } from './deployment.ts';
import { readOutputs } from './read-outputs.ts';
import { runAction } from './run-action.ts';
import { type Job, runnerEnvironment } from './runner-environment.ts';
import { createLogReader } from './workflow-commands.ts';

const TAIL = 20;

export interface Stage {
  readonly hub: Hub;
  readonly screen: Screen;
  readonly verbose: boolean;
  readonly signal: AbortSignal;
  /** What this machine cannot rehearse, once that is known. */
  readonly notRehearsable: () => NotRehearsable | undefined;
}

/** Runs one deployment on the screen, and keeps its log. */
export async function deploy(deployment: Deployment, job: Job, stage: Stage): Promise<Ran> {
  const { hub, screen, verbose, signal, notRehearsable } = stage;
  mkdirSync(job.directory, { recursive: true });
  const env = runnerEnvironment(deployment, job);
  const logFile = join(job.directory, 'log.txt');
  const log = createWriteStream(logFile);
  const view = createLogView(screen, verbose);
  const tail: string[] = [];
  let explained = false;

  screen.print(`\n${screen.styled('bold', deployment.title)}`);
  const requestsBefore = hub.requests.length;
  const begun = Date.now();
  const exitCode = await runAction({
    cwd: deployment.workspace.root,
    env,
    signal,
    read: createLogReader(),
    onEvent: (event) => {
      const text = asText(event);
      log.write(`${text}\n`);
      // The action is being stopped; what it says of that is not about the app.
      if (notRehearsable()) return;
      tail.push(text);
      if (event.kind === 'annotation' && event.level === 'error') explained = true;
      view(event);
    },
  });
  screen.status(undefined);
  log.end();
  const tookMs = Date.now() - begun;
  if (exitCode !== 0 && !explained && !notRehearsable())
    for (const line of tail.slice(-TAIL)) screen.print(`  ${line}`);
  const requests = hub.requests.slice(requestsBefore);
  if (verbose) for (const { method, path, status } of requests) screen.print(`  ${status} ${method} ${path}`);

  const outputs = readOutputs(readFileSync(env['GITHUB_OUTPUT'] ?? '', 'utf8'));
  const summaryFile = env['GITHUB_STEP_SUMMARY'] ?? '';
  const ran = { deployment, exitCode, tookMs, requests: requests.length, outputs, summaryFile, logFile };
  screen.print(notRehearsable() ? screen.styled('yellow', '  – stopped') : verdict(ran, screen));
  return ran;
}

function verdict({ exitCode, outputs, tookMs, requests }: Ran, screen: Screen): string {
  const result = outputs.get('result')?.at(-1) ?? 'failed';
  const figures = `${prettyMs(tookMs)}, ${requests} requests to the Hub`;
  const where = outputs.get('app-url')?.at(-1);
  return exitCode === 0
    ? screen.styled('green', `  ✓ ${result} in ${figures}`) + (where === undefined ? '' : ` · ${where}`)
    : screen.styled('red', `  ✗ ${result} after ${figures}`);
}

/** A line of the log as GitHub would keep it. */
function asText(event: LogEvent): string {
  switch (event.kind) {
    case 'group':
      return `▸ ${event.title}`;
    case 'end-group':
      return '';
    case 'annotation':
      return `${event.level}: ${event.title === '' ? '' : `${event.title}: `}${event.message}`;
    case 'line':
      return event.text;
    default:
      return event satisfies never;
  }
}
