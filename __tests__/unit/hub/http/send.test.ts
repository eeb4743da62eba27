import { expect, test } from '@jest/globals';
import { Headers as HeaderList, type Headers, Response } from 'undici';
import type { Fetch } from '../../../../src/edges/fetch.ts';
import type { Call } from '../../../../src/hub/http/call.ts';
import { send } from '../../../../src/hub/http/send.ts';
import type { Session } from '../../../../src/hub/hub.ts';
import { fakeHub } from '../fake-hub.ts';

const HUB = 'https://hub.example';
const STORE = 'https://store.example';

/** A world of hosts where each URL redirects to the next one given; what each was sent is kept. */
function redirecting(...ways: readonly string[]) {
  const asked: [string, string | null][] = [];
  const fetch: Fetch = async (input, init) => {
    const url = String(input);
    asked.push([url, new HeaderList(init?.headers as Headers).get('authorization')]);
    const next = ways[ways.indexOf(url) + 1];
    return next === undefined ? new Response('{}') : new Response(null, { status: 307, headers: { location: next } });
  };
  const session: Session = { ...fakeHub().session, fetch };
  const call = (path: string, rest: Partial<Call> = {}): Call => {
    return { what: 'do it', method: 'PUT', path, body: 'x', repeatable: true, ...rest };
  };
  return { asked, session, call };
}

const OURS = 'Bearer hf_secret';
const OF_A_STORE = { authorization: 'Bearer xet_token' };

test.each<[string, string, Partial<Call>, string | null]>([
  ['a call to the Hub', `${HUB}/api/x`, {}, OURS],
  ['a call of a path', '/api/x', {}, OURS],
  ['a call to another host', `${STORE}/x`, {}, null],
  ['a link on the Hub', `${HUB}/x?signature=1`, { addsToken: false }, null],
  ['a link to another port of the Hub', `${HUB}:8443/x`, { addsToken: false }, null],
  ['a link that has a token of its own', `${STORE}/x`, { addsToken: false, headers: OF_A_STORE }, 'Bearer xet_token'],
  [
    'a link on the Hub with a token of its own',
    `${HUB}/x`,
    { addsToken: false, headers: OF_A_STORE },
    'Bearer xet_token',
  ],
])('%s has the token that belongs there', async (_, url, rest, authorization) => {
  const { asked, session, call } = redirecting();
  await send(session, call(url, rest));
  expect(asked).toEqual([[new URL(url, HUB).href, authorization]]);
});

test('a link that redirects takes no token along, neither its own nor ours', async () => {
  const ways = [`${STORE}/a`, 'https://other.example/b', `${HUB}/c`];
  const { asked, session, call } = redirecting(...ways);
  await send(session, call(`${STORE}/a`, { addsToken: false, headers: OF_A_STORE }));
  expect(asked).toEqual([
    [ways[0], 'Bearer xet_token'],
    [ways[1], null],
    [ways[2], null],
  ]);
});

test.each<[string, string, string, Partial<Call>, string]>([
  [
    'a call of the API',
    '/api/x',
    `${STORE}/x`,
    {},
    'The Hub redirects to another host, https://store.example, and that is not followed.',
  ],
  [
    'a link, from https to http',
    `${STORE}/x`,
    'http://store.example/x',
    { addsToken: false },
    'The Hub wants a file to be sent to http://store.example, and nothing was sent there.',
  ],
])('%s goes no further', async (_, from, to, rest, message) => {
  const { asked, session, call } = redirecting(new URL(from, HUB).href, to);
  await expect(send(session, call(from, rest))).rejects.toThrow(message);
  expect(asked).toHaveLength(1);
});

test('a link without https of a Hub with https gets nothing', async () => {
  const { asked, session, call } = redirecting();
  await expect(send(session, call('http://store.example/x', { addsToken: false }))).rejects.toThrow(
    'The Hub wants a file to be sent to http://store.example, and nothing was sent there.',
  );
  expect(asked).toEqual([]);
});
