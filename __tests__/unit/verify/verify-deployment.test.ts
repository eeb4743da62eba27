import { expect, test } from '@jest/globals';
import { Response } from 'undici';
import type { Failure } from '../../../src/base/failure.ts';
import type { Session } from '../../../src/hub/hub.ts';
import type { VerifyEvent } from '../../../src/verify/events.ts';
import type { Target } from '../../../src/verify/target.ts';
import { verifyDeployment } from '../../../src/verify/verify-deployment.ts';

const COMMIT = 'a'.repeat(40);
const OLD = 'b'.repeat(40);
const MINUTE_MS = 60_000;
const target: Target = {
  version: 'The new version',
  id: 'me/app',
  commit: COMMIT,
  isStatic: false,
  wrote: 'commit',
  before: { stage: 'RUNNING', sha: OLD },
  wroteAt: 0,
  deadline: 30 * MINUTE_MS,
  restartsOften: false,
  appUrl: 'https://app.example',
  requestedSdk: 'docker',
  healthPath: '/status',
  isHealthPathGuessed: false,
  healthExpect: [],
  isPrivate: false,
};

/** What the Hub says and the app answers at a time, in milliseconds since the write. */
interface Scene {
  readonly runtime: (now: number) => object;
  readonly app: (path: string, now: number) => Response;
  /** What a restart answers, where that is not the runtime. */
  readonly restart?: (now: number) => object | Response;
}

/** The events of a deployment that is followed on a clock of its own, its failure, and how long it took. */
async function followed({ runtime, app, restart = runtime }: Scene, values: Partial<Target> = {}) {
  let now = 0;
  const restarts: number[] = [];
  const session: Session = {
    hub: { url: 'https://hub.example', token: 'hf_secret' },
    fetch: async (input) => {
      const url = new URL(String(input));
      if (url.origin === target.appUrl) return app(url.pathname, now);
      if (url.pathname.endsWith('/runtime')) return Response.json(runtime(now));
      if (!url.pathname.endsWith('/restart')) return new Response('', { status: 404 });
      restarts.push(now);
      const answer = restart(now);
      return answer instanceof Response ? answer : Response.json(answer);
    },
    clock: {
      now: () => now,
      random: () => 0,
      sleep: async (ms) => {
        now += ms;
      },
      timeout: () => new AbortController().signal,
    },
    signal: new AbortController().signal,
    redact: (text) => text,
    onNotice: () => undefined,
    mask: () => undefined,
  };
  const events: VerifyEvent[] = [];
  try {
    for await (const event of verifyDeployment(session, { ...target, ...values })) events.push(event);
    return { events, restarts, tookMs: now };
  } catch (error) {
    return { events, restarts, tookMs: now, failure: error as Failure };
  }
}

const ours = { stage: 'RUNNING', sha: COMMIT };
const ok = () => new Response('fine');
const refusing = (status: number) => () => new Response('', { status });

test.each([
  ['404', 404, 3],
  ['401', 401, 3],
  ['429, which may pass', 429, 30],
  ['500, which may pass', 500, 30],
])('an app that answers %s is waited for as long as that makes sense', async (_, status, minutes) => {
  const { failure, tookMs } = await followed({ runtime: () => ours, app: refusing(status) });
  expect([failure?.kind, Math.round(tookMs / MINUTE_MS)]).toEqual(['health', minutes]);
});

test('an app that refuses while it starts, and no longer, is healthy', async () => {
  const app = (_: string, now: number) => (now < 2 * MINUTE_MS ? refusing(404)() : ok());
  const { failure, tookMs } = await followed({ runtime: () => ours, app });
  expect([failure, tookMs < 3 * MINUTE_MS]).toEqual([undefined, true]);
});

test('an app that left RUNNING some seconds after its last good answer is not deployed', async () => {
  const runtime = (now: number) => (now < 4_000 ? ours : { stage: 'RUNTIME_ERROR', sha: COMMIT });
  const { events, failure } = await followed({ runtime, app: ok }, { before: { stage: 'BUILDING' } });
  expect([events.filter(({ kind }) => kind === 'health').length, failure?.kind]).toEqual([3, 'start']);
});

test('new settings that nothing shows to have arrived are brought by one restart', async () => {
  const values: Partial<Target> = { wrote: 'settings', before: ours };
  let restarted = Number.POSITIVE_INFINITY;
  const runtime = (now: number) => {
    if (now >= 25_000) restarted = Math.min(restarted, now);
    return now > restarted && now < restarted + 5_000 ? { ...ours, stage: 'RUNNING_APP_STARTING' } : ours;
  };
  const { events, failure, restarts } = await followed({ runtime, app: ok }, values);
  expect([failure, restarts.length]).toEqual([undefined, 1]);
  expect(events.find(({ kind }) => kind === 'restarted')).toEqual({
    kind: 'restarted',
    reason: 'nothing showed that the app restarted with its new settings',
  });
});

test('the answers of the process from before the change do not count', async () => {
  const values: Partial<Target> = { wrote: 'settings', before: ours, startBefore: { replica: 'old' } };
  const app = (_: string, now: number) =>
    new Response('fine', { headers: { 'x-proxied-replica': now < 12_000 ? 'old' : 'new' } });
  const { events, failure, restarts, tookMs } = await followed({ runtime: () => ours, app }, values);
  const health = events.flatMap((event) => (event.kind === 'health' ? [event.answer.replica] : []));
  expect([failure, restarts, health, tookMs >= 12_000]).toEqual([undefined, [], ['new', 'new', 'new'], true]);
});

test('a process that is replaced while it is watched is asked again', async () => {
  const values: Partial<Target> = { wrote: 'settings', before: ours, startBefore: { replica: 'old' } };
  const app = (_: string, now: number) =>
    new Response('fine', { headers: { 'x-proxied-replica': now < 4_000 ? 'first' : 'second' } });
  const { events, failure } = await followed({ runtime: () => ours, app }, values);
  const health = events.flatMap((event) => (event.kind === 'health' ? [event.answer.replica] : []));
  expect([failure, health]).toEqual([undefined, ['first', 'first', 'first', 'second', 'second', 'second']]);
});

const forbidden = () => Response.json({ error: 'Forbidden' }, { status: 403 });

test('a Space that sleeps is woken by a visit where the token may not restart it', async () => {
  const visits: number[] = [];
  const runtime = (now: number) => (visits.length > 0 && now > 4_000 ? ours : { stage: 'SLEEPING' });
  const app = (_: string, now: number) => {
    visits.push(now);
    return ok();
  };
  const values: Partial<Target> = { wrote: 'nothing', before: { stage: 'SLEEPING' } };
  const { events, failure } = await followed({ runtime, app, restart: forbidden }, values);
  expect([failure, events.filter(({ kind }) => kind === 'line')]).toEqual([
    undefined,
    [{ kind: 'line', text: 'It should be restarted (asleep; a restart wakes it), and this token may not do that.' }],
  ]);
});

test('a failure of the Hub that the token may not answer with a restart is still told as what it is', async () => {
  const runtime = () => ({ stage: 'BUILD_ERROR', errorMessage: 'Job failed with exit code: 128. Reason: Error' });
  const { failure } = await followed({ runtime, app: ok, restart: forbidden });
  expect([failure?.kind, failure?.message]).toEqual(['build', expect.stringMatching(/^BUILD_ERROR: .*exit code: 128/)]);
});
