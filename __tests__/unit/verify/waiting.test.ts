import { expect, test } from '@jest/globals';
import { Response } from 'undici';
import type { Clock } from '../../../src/edges/clock.ts';
import type { Fetch } from '../../../src/edges/fetch.ts';
import { createReporter } from '../../../src/report/reporter.ts';
import type { Target } from '../../../src/verify/target.ts';
import { verifyDeployment } from '../../../src/verify/verify-deployment.ts';
import { fakeRunner } from '../fake-runner.ts';
import { fakeHub } from '../hub/fake-hub.ts';

const OLD = '1'.repeat(40);
const NEW = '2'.repeat(40);
const MINUTE = 60_000;

/** Time passes only by sleeping, and sleeping takes none. */
function ownClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    random: () => 0,
    timeout: () => new AbortController().signal,
    async sleep(ms) {
      // What was sent until now arrives first.
      await new Promise((resolve) => setImmediate(resolve));
      now += ms;
    },
  };
}

/** Builds for 42 seconds, with a log that falls silent, then starts for half a minute. */
function slowSpace(clock: Clock): Fetch {
  const log = `data: ${JSON.stringify({ data: `===== Build Queued at 2026-04-04 11:56:33 / Commit SHA: ${NEW.slice(0, 7)} =====\nCollecting torch` })}\n\n`;
  return async (input) => {
    const url = String(input);
    if (url.endsWith('/logs/build')) {
      // Says this much, and stays open.
      const body = new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from(log)) });
      return new Response(body);
    }
    if (!url.endsWith('/runtime')) return new Response('{}');
    const now = clock.now();
    if (now < 42_000) return Response.json({ stage: 'RUNNING_BUILDING', sha: OLD });
    if (now < 72_000) return Response.json({ stage: 'RUNNING_APP_STARTING', sha: OLD });
    return Response.json({ stage: 'RUNNING', sha: NEW });
  };
}

test('a slow build and a slow start say how far they are, by the clock of the run', async () => {
  const clock = ownClock();
  const session = { ...fakeHub().session, clock, fetch: slowSpace(clock) };
  const target: Target = {
    version: 'The new version',
    id: 'acme/app',
    commit: NEW,
    isStatic: false,
    wrote: 'commit',
    before: { stage: 'RUNNING', sha: OLD },
    wroteAt: 0,
    deadline: 10 * MINUTE,
    restartsOften: false,
    appUrl: 'https://acme-app.hf.space',
    requestedSdk: 'docker',
    healthPath: '/health',
    isHealthPathGuessed: false,
    healthExpect: [],
    isPrivate: false,
    startup: { limitMs: 30 * MINUTE },
  };
  const runner = fakeRunner({});
  const reporter = createReporter(runner, clock);

  for await (const event of verifyDeployment(session, target)) reporter.onEvent(event);

  const said = runner.heard.flatMap((each) => /^say +(\S+ {2}\S+ for .*)/.exec(each)?.[1] ?? []);
  expect(said).toEqual([
    '11s  RUNNING_BUILDING for 11s so far; the build log ends with: Collecting torch',
    '22s  RUNNING_BUILDING for 22s so far; the build log ends with: Collecting torch',
    '32s  RUNNING_BUILDING for 32s so far; the build log ends with: Collecting torch',
    '42s  RUNNING_BUILDING for 42s so far; the build log ends with: Collecting torch',
    '58s  RUNNING_APP_STARTING for 11s so far; the Hub ends a start after 30m',
  ]);
});
