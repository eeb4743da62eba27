import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChosenEngine, NotRehearsable } from '../../emulator/space-runtime.ts';
import type { Screen } from '../../src/edges/screen.ts';
import { readActionInputs } from './action-inputs.ts';
import type { Order } from './command-line.ts';
import { deploy, type Stage } from './deploy.ts';
import { type Deployment, output, type Ran } from './deployment.ts';
import { keepUntilStopped } from './keep.ts';
import { NOT_REHEARSABLE, notRehearsableLines } from './not-rehearsable.ts';
import { startRehearsalHub } from './rehearsal-hub.ts';
import { scoreLead } from './score-lead.ts';
import { TOKEN } from './seed-for.ts';
import { table } from './table.ts';

/** Hub, deployments, table; the exit code. Throws when the engine does not answer. */
export async function rehearse(
  deployments: readonly Deployment[],
  order: Order,
  screen: Screen,
  signal: AbortSignal,
): Promise<number> {
  const halt = new AbortController();
  let notRehearsable: NotRehearsable | undefined;
  const hub = await startRehearsalHub(
    deployments.map(({ inputs }) => inputs['space'] ?? ''),
    {
      onNotRehearsable: (found) => {
        notRehearsable ??= found;
        halt.abort();
      },
      warn: (message) => screen.print(message),
      engine: order.engine,
    },
  );
  try {
    screen.print(
      `A local Hub on ${hub.url}: no account is needed, and the only traffic to the outside are downloads for the build.`,
    );
    for (const line of engineLines(hub.engine)) screen.print(line);
    const { runs, well } = await deployAll(deployments, {
      hub,
      screen,
      verbose: order.verbose,
      signal: AbortSignal.any([signal, halt.signal]),
      notRehearsable: () => notRehearsable,
    });
    if (notRehearsable && !signal.aborted) {
      for (const line of notRehearsableLines(notRehearsable, hub.engine.name, screen)) screen.print(line);
      return NOT_REHEARSABLE;
    }
    const scored = !well || order.given !== undefined || (await scores(runs[0], screen));
    conclude(runs, screen);
    if (signal.aborted) return 130;
    if (order.keep) await keepUntilStopped(hub, TOKEN, runs, screen, signal);
    else screen.print(`\n${endsNow(order)}`);
    return well && scored ? 0 : 1;
  } finally {
    screen.status('Ending the Hub and its apps');
    await hub.close();
  }
}

/** The addresses in the table look as if they could be opened. npm would keep a bare --keep for itself. */
function endsNow({ given }: Order): string {
  const ends = 'The local Hub and the apps end now.';
  return given === undefined
    ? `${ends} To leave them running, and open these addresses: npm start -- --keep`
    : `${ends} Add --keep to leave them running, and open these addresses.`;
}

function engineLines({ name, why }: ChosenEngine): readonly string[] {
  const engine = `Spaces are built and run by ${name === 'process' ? 'processes of this machine' : name}: ${why}.`;
  if (name === 'process') return [engine];
  return [engine, 'The first build downloads the images that its Dockerfile names, which may take minutes.'];
}

async function deployAll(
  deployments: readonly Deployment[],
  stage: Stage,
): Promise<{ runs: readonly Ran[]; well: boolean }> {
  const { hub, screen, signal } = stage;
  const actionInputs = readActionInputs();
  const base = mkdtempSync(join(tmpdir(), 'spaceport-rehearsal-'));
  const runs: Ran[] = [];
  for (const deployment of deployments) {
    if (signal.aborted) return { runs, well: false };
    const number = runs.length + 1;
    warnOfUntracked(deployment, screen);
    const directory = join(base, `${number}-${deployment.inputs['environment'] ?? 'production'}`);
    const job = { actionInputs, hubUrl: hub.url, token: TOKEN, directory, number };
    const ran = await deploy(deployment, job, stage);
    runs.push(ran);
    if (ran.exitCode !== 0) return { runs, well: false };
    if (deployment.expectUnchanged && output(ran, 'result') !== 'unchanged') {
      screen.print(screen.styled('red', '  ✗ This was deployed before, so nothing should have changed.'));
      return { runs, well: false };
    }
  }
  return { runs, well: true };
}

/** On GitHub, a checkout has only what is committed: a forgotten `git add` shows here first. */
function warnOfUntracked({ workspace: { untracked } }: Deployment, screen: Screen): void {
  if (untracked.length === 0) return;
  const [few, more] = [untracked.slice(0, 5), untracked.length - 5];
  const names = `${few.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  screen.print(screen.styled('yellow', `\n! Not deployed, because git does not track it: ${names}`));
}

async function scores(ran: Ran | undefined, screen: Screen): Promise<boolean> {
  const appUrl = ran && output(ran, 'app-url');
  try {
    screen.print(`\n${await scoreLead(appUrl ?? '')}`);
    return true;
  } catch (error) {
    screen.print(
      screen.styled(
        'red',
        `\n✗ The deployed API does not score a lead: ${error instanceof Error ? error.message : error}`,
      ),
    );
    return false;
  }
}

function conclude(runs: readonly Ran[], screen: Screen): void {
  screen.print();
  for (const line of table(runs, screen.width)) screen.print(line);
  screen.print('\nJob summaries, each with its full log in the same directory:');
  for (const { summaryFile } of runs) screen.print(`  ${summaryFile}`);
}
