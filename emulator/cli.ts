import type { Hub } from './api.ts';
import { type Order, parseCommandLine, USAGE } from './command-line.ts';
import { createHub } from './create-hub.ts';
import { defaultSeed } from './seed.ts';
import type { Pace } from './space-runtime.ts';

/** Slow enough to see the stages pass. */
const watchablePace: Pace = {
  buildMs: 3_000,
  startMs: 1_500,
  shaLagMs: 500,
  stageLagMs: 500,
  startTimeoutMs: 30 * 60_000,
  settingsLagMs: 10_000,
};
const token = 'hf_me_write';

const order = parseCommandLine(process.argv.slice(2));
switch (order.kind) {
  case 'help':
    console.log(USAGE);
    break;
  case 'refused':
    console.error(order.message);
    process.exitCode = 2;
    break;
  case 'start':
    await start(order);
    break;
  default:
    order satisfies never;
}

async function start({ port, engine, dataDir, readings }: Order): Promise<void> {
  try {
    const warn = (message: string) => console.warn(message);
    const hub = await createHub({ port, pace: watchablePace, readings, warn, dataDir, engine });
    console.log(welcome(hub, dataDir));
    endOnSignal(hub);
  } catch (error) {
    console.error(whyNot(error, port));
    process.exitCode = 1;
  }
}

function whyNot(error: unknown, port: number): string {
  const isInUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (isInUse) return `Port ${port} is in use.\nFix: Choose another with --port; 0 takes any that is free.`;
  return `The local Hub could not start: ${error instanceof Error ? error.message : error}`;
}

function welcome({ url, engine }: Hub, dataDir: string | undefined): string {
  const tokens = defaultSeed.tokens.map((one) => `  ${one.token.padEnd(14)} ${one.role}, user ${one.user}`);
  const fate =
    dataDir === undefined ? 'forgets all Spaces (keep them with --data DIR)' : `keeps the Spaces in ${dataDir}`;
  return `The local Hub listens on ${url}, where a page for people is too.
Apps are built and run by ${engine.name}: ${engine.why}.

Tokens
${tokens.join('\n')}

Point a client at it
  Python and hf   export HF_ENDPOINT=${url} HF_TOKEN=${token} HF_HUB_DISABLE_XET=1
                  hf upload me/app . . --repo-type space
  git             git clone ${url.replace('://', `://me:${token}@`)}/spaces/me/app
  JavaScript      createRepo({ hubUrl: '${url}', accessToken: '${token}', repo: 'spaces/me/app', sdk: 'docker' })
  this action     with: { hub-url: '${url}', token: ${token}, space: me/app }

Ctrl-C ends it and all apps, and ${fate}.`;
}

function endOnSignal(hub: Hub): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void hub.close().then(() => process.exit(0)));
  }
}
