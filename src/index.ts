import { systemClock } from './edges/clock.ts';
import { earlyConnections } from './edges/early-connections.ts';
import { proxiedFetch } from './edges/fetch.ts';
import { systemGit } from './edges/git.ts';
import { githubRunner } from './edges/runner.ts';
import { systemShell } from './edges/shell.ts';
import { main } from './main.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error(`${signal}: the job was cancelled`)));
}

const early = earlyConnections(process.env);
await main({
  runner: githubRunner(process.env),
  fetch: proxiedFetch(early),
  connectEarly: early?.open,
  git: systemGit,
  clock: systemClock,
  shell: systemShell,
  signal: stop.signal,
});
// Connections that are kept alive, and a log stream that never ends, would hold the process open.
process.stdout.write('', () => process.exit());
