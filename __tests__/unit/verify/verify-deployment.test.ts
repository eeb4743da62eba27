import { expect, test } from '@jest/globals';
import { Response } from 'undici';
import type { Failure } from '../../../src/base/failure.ts';
import { GRADIO_CHECK } from '../../../src/health/gradio-check.ts';
import type { Session } from '../../../src/hub/hub.ts';
import type { Check } from '../../../src/inputs/inputs.ts';
import type { Checks } from '../../../src/verify/checks.ts';
import type { VerifyEvent } from '../../../src/verify/events.ts';
import type { Target } from '../../../src/verify/target.ts';
import { verifyDeployment } from '../../../src/verify/verify-deployment.ts';
import { fakeShell } from '../fake-shell.ts';

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
  readonly shell?: Session['shell'];
  readonly renewal?: Session['renewal'];
}

/** The events of a deployment that is followed on a clock of its own, its failure, and how long it took. */
async function followed(
  { runtime, app, restart = runtime, shell = fakeShell().shell, renewal }: Scene,
  values: Partial<Target> = {},
) {
  let now = 0;
  const restarts: number[] = [];
  const session: Session = {
    hub: { url: 'https://hub.example', token: 'hf_secret' },
    fetch: async (input) => {
      const url = new URL(String(input));
      if (url.origin === target.appUrl) return app(url.pathname, now);
      if (url.pathname.endsWith('/runtime')) return runtimeAnswer(runtime, now);
      if (!url.pathname.endsWith('/restart')) return new Response('', { status: 404 });
      restarts.push(now);
      const answer = restart(now);
      return answer instanceof Response ? answer : Response.json(answer);
    },
    shell,
    renewal,
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

/** The Hub may be away for a moment. */
function runtimeAnswer(runtime: Scene['runtime'], now: number): Response {
  try {
    return Response.json(runtime(now));
  } catch {
    return new Response('', { status: 500 });
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

const CHECK: Check = {
  method: 'POST',
  path: '/predict',
  headers: {},
  body: '{}',
  expect: { status: { text: '2xx', from: 200, to: 299 }, says: [], headers: {} },
};
const OTHER: Check = { ...CHECK, method: 'GET', path: '/other' };
const checks = (...requests: readonly Check[]): Checks => ({ requests, isAskedFor: true });
/** Which paths were asked, in order; the health check is /status. */
const askedIn = (paths: string[], answer: (path: string, now: number) => Response) => (path: string, now: number) => {
  paths.push(path);
  return answer(path, now);
};

test('checks are asked after three good answers, and the app is watched after them', async () => {
  const paths: string[] = [];
  const { events, failure } = await followed(
    { runtime: () => ours, app: askedIn(paths, ok) },
    { checks: checks(CHECK, OTHER) },
  );
  expect([failure, paths]).toEqual([undefined, ['/status', '/status', '/status', '/predict', '/other']]);
  expect(events.filter(({ kind }) => kind === 'check')).toMatchObject([
    { number: 0, name: 'POST /predict', answer: { ok: true, status: 200 } },
    { number: 1, name: 'GET /other', answer: { ok: true, status: 200 } },
  ]);
});

test('a check is asked again for half a minute, and no longer', async () => {
  const asked: number[] = [];
  const app = (from: number) => (path: string, now: number) => {
    if (path === '/predict') asked.push(now);
    return path === '/status' || now >= from ? ok() : refusing(503)();
  };
  const late = await followed({ runtime: () => ours, app: app(20_000) }, { checks: checks(CHECK) });
  asked.length = 0;
  const never = await followed({ runtime: () => ours, app: app(Number.POSITIVE_INFINITY) }, { checks: checks(CHECK) });
  expect(late.failure).toBeUndefined();
  expect([never.failure?.kind, never.failure?.message, (asked.at(-1) ?? 0) - (asked[0] ?? 0)]).toEqual([
    'health',
    'The new version runs and is healthy, and does not pass the check POST /predict: answers 503, expected 2xx.',
    30_000,
  ]);
});

test('once one has failed the others are asked once, so that all is told; the command is not run', async () => {
  const paths: string[] = [];
  const app = askedIn(paths, (path) => (path === '/status' ? ok() : refusing(500)()));
  const { shell, commands } = fakeShell();
  const command = { script: 'true', directory: '/nowhere', variables: {}, tokens: [] };
  const { failure } = await followed(
    { runtime: () => ours, app, shell },
    { checks: { ...checks(CHECK, OTHER, OTHER), command } },
  );
  expect([
    failure?.problems.map(({ where }) => where),
    paths.filter((path) => path === '/other').length,
    commands,
  ]).toEqual([['https://app.example/predict', 'https://app.example/other', 'https://app.example/other'], 2, []]);
});

test('the old version is never asked, while it serves and after new settings until the new start answers', async () => {
  const paths: [string, number][] = [];
  const built = (now: number) => (now < 10_000 ? { stage: 'RUNNING_BUILDING', sha: OLD } : ours);
  const app = (replica: (now: number) => string) => (path: string, now: number) => {
    paths.push([path, now]);
    return new Response('fine', { headers: { 'x-proxied-replica': replica(now) } });
  };
  await followed({ runtime: built, app: app(() => 'any') }, { checks: checks(CHECK) });
  const settings: Partial<Target> = { wrote: 'settings', before: ours, startBefore: { replica: 'old' } };
  const replica = (now: number) => (now < 12_000 ? 'old' : 'new');
  await followed({ runtime: () => ours, app: app(replica) }, { ...settings, checks: checks(CHECK) });
  const asked = paths.filter(([path]) => path === '/predict').map(([, now]) => now);
  expect([asked.length, (asked[0] ?? 0) >= 10_000, (asked[1] ?? 0) >= 12_000]).toEqual([2, true, true]);
});

test('a process that came after the checks has to pass them, too', async () => {
  const paths: string[] = [];
  const app = askedIn(
    paths,
    (_, now) => new Response('fine', { headers: { 'x-proxied-replica': now < 4_000 ? 'first' : 'second' } }),
  );
  const values: Partial<Target> = { wrote: 'settings', before: ours, startBefore: { replica: 'old' } };
  const { failure } = await followed({ runtime: () => ours, app }, { ...values, checks: checks(CHECK) });
  expect([failure, paths.filter((path) => path === '/predict').length]).toEqual([undefined, 2]);
});

test('an app that a check has ended is told as what it is', async () => {
  let hit = Number.POSITIVE_INFINITY;
  const app = (path: string, now: number) => {
    if (path === '/predict') hit = Math.min(hit, now);
    return now >= hit ? refusing(503)() : ok();
  };
  const runtime = (now: number) =>
    now > hit ? { stage: 'RUNTIME_ERROR', sha: COMMIT, errorMessage: 'Exit code: 139' } : ours;
  const { failure } = await followed({ runtime, app }, { before: { stage: 'BUILDING' }, checks: checks(CHECK) });
  expect([failure?.kind, failure?.message]).toEqual(['start', expect.stringMatching(/^RUNTIME_ERROR: .*139/)]);
});

test('a look that sees nothing does not ask the checks a second time', async () => {
  const paths: string[] = [];
  const app = askedIn(paths, ok);
  let blind = 0;
  const runtime = () => {
    if (paths.includes('/predict') && blind++ < 12) throw new Error('the Hub is away');
    return ours;
  };
  const { failure } = await followed({ runtime, app }, { checks: checks(CHECK) });
  expect([failure, paths.filter((path) => path === '/predict').length]).toEqual([undefined, 1]);
});

test('nothing was written: one good answer, the checks, and a look whether it still runs', async () => {
  const paths: string[] = [];
  const values: Partial<Target> = { wrote: 'nothing', before: ours, checks: checks(CHECK) };
  const { failure, tookMs } = await followed({ runtime: () => ours, app: askedIn(paths, ok) }, values);
  expect([failure, paths, tookMs]).toEqual([undefined, ['/status', '/predict'], 0]);
});

test('the command gets what is left of the time, and its end decides', async () => {
  const command = { script: 'make e2e', directory: '/nowhere', variables: { COMMIT }, tokens: ['ghs_x'] };
  const { shell, commands } = fakeShell(['one', 'two'], { kind: 'exited', code: 3 });
  const { events, failure } = await followed(
    { runtime: () => ours, app: ok, shell },
    { checks: { requests: [], command, isAskedFor: true } },
  );
  expect(commands).toEqual([
    { ...command, tokens: ['ghs_x', 'hf_secret'], deadlineMs: expect.any(Number), signal: expect.anything() },
  ]);
  expect(commands[0]?.deadlineMs).toBeGreaterThan(29 * MINUTE_MS);
  expect(events.filter(({ kind }) => kind.startsWith('command'))).toEqual([
    { kind: 'command-output', lines: ['one', 'two'] },
    { kind: 'command-ended', ok: false, sentence: 'it ended with exit code 3', tookMs: 0 },
  ]);
  expect(failure?.problems).toMatchObject([
    {
      what: 'The new version runs and is healthy, and `check-command` failed: it ended with exit code 3.',
      evidence: ['one', 'two'],
    },
  ]);
});

test('checks that somebody asked for and nobody can ask are no success', async () => {
  const values: Partial<Target> = { isPrivate: true, checks: checks(CHECK) };
  const renewal = { whenNearlyOver: async () => undefined, whenRefused: async () => false };
  const { failure } = await followed({ runtime: () => ours, app: refusing(404), renewal }, values);
  expect([failure?.kind, failure?.message]).toEqual([
    'health',
    'The new version could not be asked its checks, so nobody knows whether it works.',
  ]);
  const unasked = await followed(
    { runtime: () => ours, app: refusing(404), renewal },
    { isPrivate: true, checks: { requests: [GRADIO_CHECK], isAskedFor: false } },
  );
  expect(unasked.failure).toBeUndefined();
});
