import { parseArgs } from 'node:util';
import type { Hub } from './api.ts';
import { createHub } from './create-hub.ts';
import { defaultSeed } from './seed.ts';
import { ENGINE_CHOICES, type EngineChoice, type Pace } from './space-runtime.ts';

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

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7777' },
    data: { type: 'string' },
    engine: { type: 'string', default: 'auto' },
    /** `U3=b`, as often as wanted. */
    reading: { type: 'string', multiple: true, default: [] },
  },
});
try {
  const hub = await createHub({
    port: Number(values.port),
    pace: watchablePace,
    readings: Object.fromEntries(values.reading.map((reading) => reading.split('=', 2))),
    warn: (message) => console.warn(message),
    dataDir: values.data,
    engine: engineOf(values.engine),
  });
  console.log(welcome(hub, values.data));
  endOnSignal(hub);
} catch (error) {
  console.error(`The local Hub could not start: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

function engineOf(name: string): EngineChoice {
  const engine = ENGINE_CHOICES.find((choice) => choice === name);
  if (engine === undefined) throw new Error(`--engine is one of ${ENGINE_CHOICES.join(', ')}, not ${name}`);
  return engine;
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
