import { expect, test } from '@jest/globals';
import { send } from '../../../src/hub/http/send.ts';
import { type Grant, renewingSession } from '../../../src/hub/renewal.ts';
import { fakeHub } from './fake-hub.ts';

const HOUR_MS = 3_600_000;
const CALL = { what: 'read it', method: 'GET', path: '/api/x', repeatable: true } as const;
const REFUSED = { status: 401, body: '{"error":"Invalid credentials in Authorization header"}' };
const FINE = { status: 200, body: '{}' };

/** A session on a clock that a test moves, and the exchanges that it made; grants come one after the other. */
async function started(grants: readonly (Grant | Error)[], ...answers: readonly (typeof FINE)[]) {
  const { session, heard } = fakeHub(...answers);
  const world = { ms: 0, exchanges: 0, notices: [] as string[] };
  const { hub: _, ...rest } = session;
  const renewing = await renewingSession(
    { ...rest, clock: { ...session.clock, now: () => world.ms }, onNotice: (line) => world.notices.push(line) },
    'https://hub.example',
    async () => {
      const grant = grants[world.exchanges++] ?? new Error('no grant is left');
      if (grant instanceof Error) throw grant;
      return grant;
    },
  );
  const tokens = () => heard.map(({ headers }) => headers['authorization']);
  return { session: renewing, world, tokens };
}

const grant = (token: string, livesMs = HOUR_MS): Grant => ({ token, livesMs });

test('a token that has long to live is used again and again', async () => {
  const { session, world, tokens } = await started([grant('one')], FINE, FINE);
  await send(session, CALL);
  world.ms = HOUR_MS - 300_001;
  await send(session, CALL);
  expect([tokens(), world.exchanges]).toEqual([['Bearer one', 'Bearer one'], 1]);
});

test('five minutes before its end it is exchanged again, before the next request', async () => {
  const { session, world, tokens } = await started([grant('one'), grant('two')], FINE, FINE);
  await send(session, CALL);
  world.ms = HOUR_MS - 300_000;
  await send(session, CALL);
  expect([tokens(), session.hub.token]).toEqual([['Bearer one', 'Bearer two'], 'two']);
});

test('a short-lived one is exchanged after half of its life, not for each request', async () => {
  const { session, world, tokens } = await started([grant('one', 10_000), grant('two', 10_000)], FINE, FINE, FINE);
  await send(session, CALL);
  world.ms = 5_000;
  await send(session, CALL);
  await send(session, CALL);
  expect(tokens()).toEqual(['Bearer one', 'Bearer two', 'Bearer two']);
});

test('a refused one is exchanged again, and the request is made again with the new one', async () => {
  const { session, tokens } = await started([grant('one'), grant('two')], REFUSED, FINE);
  const { status } = await send(session, { ...CALL, method: 'POST', repeatable: false });
  expect([status, tokens()]).toEqual([200, ['Bearer one', 'Bearer two']]);
});

test('once: a new one that is refused too is the answer', async () => {
  const { session, world, tokens } = await started([grant('one'), grant('two')], REFUSED, REFUSED);
  const { status } = await send(session, CALL);
  expect([status, tokens(), world.exchanges]).toEqual([401, ['Bearer one', 'Bearer two'], 2]);
});

test('requests that are refused at the same moment share one exchange', async () => {
  const { session, world } = await started([grant('one'), grant('two')], REFUSED, REFUSED, FINE, FINE);
  const answers = await Promise.all([send(session, CALL), send(session, CALL)]);
  expect([answers.map(({ status }) => status), world.exchanges]).toEqual([[200, 200], 2]);
});

test('when the exchange fails the old one stays, and the reason is said', async () => {
  const { session, world, tokens } = await started([grant('one'), new Error('No publisher.')], FINE, REFUSED);
  await send(session, CALL);
  const { status } = await send(session, CALL);
  expect([status, tokens(), world.notices]).toEqual([
    401,
    ['Bearer one', 'Bearer one'],
    ['The token could not be exchanged again: No publisher.'],
  ]);
});
