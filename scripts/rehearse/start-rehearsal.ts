import { execFileSync } from 'node:child_process';
import { NoEngine } from '../../emulator/space-runtime.ts';
import { createScreen } from '../../src/edges/screen.ts';
import { readActionInputs } from './action-inputs.ts';
import { type Order, parseCommandLine } from './command-line.ts';
import type { Deployment } from './deployment.ts';
import { planRehearsal } from './plan-rehearsal.ts';
import { rehearse } from './rehearse.ts';
import { usage } from './usage.ts';

/** One Ctrl-C arrives twice: from the terminal and from npm. */
const ONE_CTRL_C_MS = 1000;

/** The exit code: 0 success, 1 a deployment failed, 2 not started, 3 cannot be rehearsed here, 130 interrupted. */
export async function startRehearsal(args: readonly string[]): Promise<number> {
  const inputs = readActionInputs();
  const order = parseCommandLine(args, inputs);
  switch (order.kind) {
    case 'help':
      console.log(usage(inputs));
      return 0;
    case 'refused':
      console.error(order.message);
      return 2;
    case 'rehearse':
      return hasGit() ? untilInterrupted(order) : 2;
    default:
      return order satisfies never;
  }
}

async function untilInterrupted(order: Order): Promise<number> {
  let deployments: readonly Deployment[];
  try {
    deployments = planRehearsal(order.given);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  const signal = untilStopped();
  const screen = createScreen(process.stdout);
  try {
    return await rehearse(deployments, order, screen, signal);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    console.error(`${error.message}\nFix: start it, or choose another with --engine.`);
    return 2;
  } finally {
    screen.close();
  }
}

function untilStopped(): AbortSignal {
  const stop = new AbortController();
  let stoppedAt = Number.POSITIVE_INFINITY;
  const onSignal = () => {
    // A person who presses it twice does not want to wait; the local Hub's apps end with this process in any case.
    if (Date.now() - stoppedAt > ONE_CTRL_C_MS) process.exit(130);
    if (!stop.signal.aborted) stoppedAt = Date.now();
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  // Nobody reads the output any more, as in `npm start | head`.
  process.stdout.on('error', () => stop.abort());
  return stop.signal;
}

function hasGit(): boolean {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.error('There is no git, and the local Hub keeps its Spaces in git repositories. Fix: install git.');
    return false;
  }
}
