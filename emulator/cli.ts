import { parseArgs } from 'node:util';
import { createHub } from './create-hub.ts';
import type { Pace } from './runtime/types.ts';
import { defaultSeed } from './seed.ts';

/** Slow enough to see the stages pass. */
const watchablePace: Pace = {
  buildMs: 3_000,
  startMs: 1_500,
  shaLagMs: 500,
  stageLagMs: 500,
  startTimeoutMs: 30 * 60_000,
};

const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } });
const hub = await createHub({
  port: Number(values.port ?? 7777),
  pace: watchablePace,
  warn: (message) => console.warn(message),
  ...(values.data === undefined ? {} : { dataDir: values.data }),
});
const token = 'hf_me_write';

console.log(`The local Hub listens on ${hub.url} (a page for people is there too).

Tokens
${defaultSeed.tokens.map((one) => `  ${one.token}  ${one.role}, user ${one.user}`).join('\n')}

Point a client at it
  Python and hf   export HF_ENDPOINT=${hub.url} HF_TOKEN=${token} HF_HUB_DISABLE_XET=1
                  hf upload me/app . . --repo-type space
  git             git clone http://me:${token}@${hub.url.slice('http://'.length)}/spaces/me/app
  JavaScript      createRepo({ hubUrl: '${hub.url}', accessToken: '${token}', repo: 'spaces/me/app', sdk: 'docker' })
  this action     with: { hub-url: ${hub.url}, token: ${token}, space: me/app }

Ctrl-C ends it and all apps${values.data === undefined ? ', and forgets all Spaces (keep them with --data DIR)' : ''}.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void hub.close().then(() => process.exit(0)));
