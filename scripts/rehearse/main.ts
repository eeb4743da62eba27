import { execFileSync } from 'node:child_process';
import { readActionInputs } from './action-inputs.ts';
import { type Order, parseCommandLine } from './command-line.ts';
import type { Deployment } from './deployment.ts';
import { planRehearsal } from './plan-rehearsal.ts';
import { rehearse } from './rehearse.ts';
import { createScreen } from './screen.ts';
import { usage } from './usage.ts';

/** The exit code: 0 well, 1 a deployment failed, 2 not started, 130 interrupted. */
export async function main(args: readonly string[]): Promise<number> {
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
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Whoever asks twice does not want to wait; the local Hub's apps end with this process in any case.
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  const screen = createScreen(process.stdout);
  try {
    return await rehearse(deployments, order, screen, stop.signal);
  } finally {
    screen.close();
  }
}

function hasGit(): boolean {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.error('The local Hub keeps its Spaces in git repositories: install git.');
    return false;
  }
}
