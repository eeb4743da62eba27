import { once } from 'node:events';
import { basename, resolve } from 'node:path';
import { NOT_REHEARSABLE, RED, WRONG_USAGE } from './exit-code.ts';
import { ENGINES, type LocalHub, type LocalHubOptions } from './local-hub.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';
import { runMode } from './run-mode.ts';
import { spaceOf } from './space-of.ts';

/** Deploys a directory to a local Hub, which needs no account and costs nothing; the exit code is that of the deployment. */
export async function rehearse(order: Order, machine: Machine): Promise<number> {
  const space = (await spaceOf(order, machine)) ?? `me/${spaceName(resolve(machine.cwd, order.inputs['path'] ?? '.'))}`;
  const isJson = order.options['json'] === true;
  const say = (text: string) => void (isJson ? machine.stderr : machine.stdout).write(`${text}\n`);
  const engine = ENGINES.find((name) => name === order.options['engine']) ?? 'auto';
  const halt = new AbortController();
  const reasons: string[] = [];
  const onNotRehearsable: LocalHubOptions['onNotRehearsable'] = (found) => {
    reasons.push(...found.reasons);
    halt.abort();
  };
  const hub = await startOrExplain(machine, space, { engine, warn: say, onNotRehearsable });
  if (hub === undefined) return RED;
  try {
    say(`A local Hub on ${hub.url}: it needs no account, and nothing is deployed anywhere else.`);
    say(engineLine(hub.engine));
    const signal = AbortSignal.any([machine.signal, halt.signal]);
    const exitCode = await deployTo(hub, space, order, { ...machine, signal });
    if (reasons.length > 0 && !machine.signal.aborted) {
      say(notRehearsable(space, reasons, hub.engine.name));
      return NOT_REHEARSABLE;
    }
    if (machine.signal.aborted) return exitCode;
    if (order.options['keep'] === true) await keep(hub, space, machine, say);
    else if (exitCode !== WRONG_USAGE) say(ENDS_NOW);
    return exitCode;
  } finally {
    await hub.close();
  }
}

const ENDS_NOW = '\nThe local Hub and the app end now. Add --keep to leave them running, and open these addresses.';

async function deployTo(hub: LocalHub, space: string, order: Order, machine: Machine): Promise<number> {
  const inputs = { ...order.inputs, space, 'hub-url': hub.url };
  // Nothing costs anything here.
  const options = { ...order.options, yes: true, 'token-file': '' };
  return runMode({ ...order, inputs, options }, 'deploy', withToken(machine, hub));
}

function engineLine({ name, why }: LocalHub['engine']): string {
  if (name === 'process') return `The app is built and run by processes of this machine: ${why}.`;
  const firstBuild = 'The first build downloads the images that its Dockerfile names, which may take minutes.';
  return `The app is built and run by ${name}: ${why}. ${firstBuild}`;
}

function notRehearsable(space: string, reasons: readonly string[], engine: string): string {
  const fix =
    '  Fix: install Docker (or Podman). With a container engine, the rehearsal builds and runs the real image.';
  return [
    `\n! ${space} cannot be rehearsed here. This says nothing about the app.`,
    ...reasons.map((reason) => `  ${reason}`),
    ...(engine === 'process' ? [fix] : []),
  ].join('\n');
}

async function startOrExplain(
  machine: Machine,
  space: string,
  options: LocalHubOptions,
): Promise<LocalHub | undefined> {
  try {
    return await machine.startLocalHub([space], options);
  } catch (error) {
    machine.stderr.write(`The local Hub could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

/** No credential of the person's own is shown to a rehearsal. */
function withToken(machine: Machine, { token }: LocalHub): Machine {
  return { ...machine, env: { ...machine.env, HF_TOKEN: token, HF_OIDC_ID_TOKEN: undefined } };
}

function spaceName(directory: string): string {
  const name = basename(directory)
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return name === '' ? 'app' : name;
}

async function keep(hub: LocalHub, space: string, { signal }: Machine, say: (text: string) => void): Promise<void> {
  say(`
The local Hub and the app keep running. Point a client at them:
  hf and Python  export HF_ENDPOINT=${hub.url} HF_TOKEN=${hub.token} HF_HUB_DISABLE_XET=1
  git            git clone ${hub.url.replace('://', `://me:${hub.token}@`)}/spaces/${space}
Ctrl-C ends everything.`);
  await once(signal, 'abort');
}
