#!/usr/bin/env node
import { askOnTerminal } from '../edges/ask.ts';
import { systemClock } from '../edges/clock.ts';
import { proxiedFetch } from '../edges/fetch.ts';
import { systemGit } from '../edges/git.ts';
import { systemShell } from '../edges/shell.ts';
import type { StartLocalHub } from './local-hub.ts';
import { runCommand } from './run-command.ts';

/** npm passes a Ctrl-C on that the terminal has sent already: the same one does not count twice. */
const SAME_CTRL_C_MS = 300;
const INTERRUPTED = 130;

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  fetch: proxiedFetch(),
  git: systemGit,
  clock: systemClock,
  shell: systemShell,
  signal: untilInterrupted(),
  stdout: process.stdout,
  stderr: process.stderr,
  isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  ask: askOnTerminal,
  startLocalHub,
});
// Connections that are kept alive, and a log stream that never ends, would hold the process open.
process.stdout.write('', () => process.exit());

/** The local Hub is a bundle of its own beside this one: the action and the local Hub know nothing of each other. */
async function startLocalHub(...[spaces, options]: Parameters<StartLocalHub>): ReturnType<StartLocalHub> {
  const bundle = new URL(['..', 'local-hub', 'index.js'].join('/'), import.meta.url).href;
  const { startRehearsalHub } = (await import(/* webpackIgnore: true */ bundle)) as {
    startRehearsalHub: StartLocalHub;
  };
  return startRehearsalHub(spaces, options);
}

/** Aborts at the first signal: the run ends what it is at, or leaves it, and reports. The second one ends it at once. */
function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  let stoppedAt: number | undefined;
  const onSignal = (name: string) => {
    if (stoppedAt !== undefined && Date.now() - stoppedAt > SAME_CTRL_C_MS) process.exit(INTERRUPTED);
    stoppedAt ??= Date.now();
    stop.abort(new Error(`${name}: it was cancelled`));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => onSignal(name));
  // Nobody reads the output any more, as in `spaceport logs | head`.
  process.stdout.on('error', () => stop.abort(new Error('nobody reads the output')));
  return stop.signal;
}
