import { expect, test } from '@jest/globals';
import { Response, type fetch as undiciFetch } from 'undici';
import { askCheck, type CheckAnswer } from '../../../src/health/ask-check.ts';
import { GRADIO_CHECK } from '../../../src/health/gradio-check.ts';
import type { Check } from '../../../src/inputs/inputs.ts';
import { startServer } from '../../scenarios/support/server.ts';
import { appAt } from '../app-at.ts';

const APP = 'https://app.example';
const check = (values: Partial<Check> = {}, expected: Partial<Check['expect']> = {}): Check => ({
  method: 'GET',
  path: '/x',
  headers: {},
  ...values,
  expect: { status: { text: '2xx', from: 200, to: 299 }, says: [], headers: {}, ...expected },
});
const status = (text: string, from: number, to = from) => ({ status: { text, from, to } });

/** What an app is asked, in a line each, and what came of it. */
async function asked(each: Check, answer: (path: string) => Response | Promise<Response>) {
  const heard: string[] = [];
  const fetch: typeof undiciFetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    const headers = init?.headers as Record<string, string>;
    heard.push(`${init?.method} ${pathname} ${init?.body ?? ''} ${headers['authorization'] ?? ''}`.trim());
    return answer(pathname);
  };
  const said = await askCheck(appAt(APP, { fetch }), each, 1_000);
  return { heard, said: said.message, ok: said.ok };
}

const json = (value: unknown, init = {}) => Response.json(value, init);

test.each<[string, Check, () => Response, string]>([
  ['success', check(), () => new Response('fine'), 'as expected'],
  ['201 is success', check(), () => new Response('', { status: 201 }), 'as expected'],
  ['another status', check(), () => new Response('', { status: 500 }), 'answers 500, expected 2xx'],
  ['an expected refusal', check({}, status('401', 401)), () => new Response('', { status: 401 }), 'as expected'],
  ['a stranger who is let in', check({}, status('401', 401)), () => new Response(''), 'answers 200, expected 401'],
  [
    'a value',
    check({}, { says: [{ kind: 'json', path: 'a.0.b', value: '0.50' }] }),
    () => json({ a: [{ b: 0.5 }] }),
    'as expected',
  ],
  [
    'all that is wrong with an answer',
    check(
      {},
      {
        says: [
          { kind: 'json', path: 'ok', value: 'true' },
          { kind: 'text', words: 'hello' },
        ],
        headers: { 'content-type': 'text/html', 'x-frame-options': 'DENY' },
      },
    ),
    () => json({ ok: false }),
    'the header content-type is "application/json", expected "text/html"; the header x-frame-options is missing, expected "DENY"; ok is "false", expected "true"; does not say "hello"',
  ],
  [
    'an endless answer',
    check({}, { says: [{ kind: 'json', path: 'a', value: '1' }] }),
    () => new Response('x'.repeat(5_000_000)),
    'is longer than 4 MB, so its JSON is not read',
  ],
  [
    'no answer',
    check(),
    () => {
      throw Object.assign(new Error('no'), { cause: { code: 'ECONNREFUSED' } });
    },
    'cannot be reached (ECONNREFUSED)',
  ],
  ['Gradio that has nothing there', GRADIO_CHECK, () => new Response('', { status: 404 }), 'as expected'],
  ['Gradio with a login', GRADIO_CHECK, () => new Response('', { status: 401 }), 'as expected'],
  [
    'Gradio that is broken',
    GRADIO_CHECK,
    () => new Response('', { status: 500 }),
    'answers 500, expected less than 500',
  ],
])('%s', async (_, each, answer, message) => {
  const { said, ok } = await asked(each, answer);
  expect([said, ok]).toEqual([message, message === 'as expected']);
});

test('what takes too long is wrong', async () => {
  let now = 0;
  const clock = { ...appAt(APP).clock, now: () => (now += 900) };
  const fetch = async () => new Response('fine');
  const said: CheckAnswer = await askCheck(appAt(APP, { fetch, clock }), check({}, { withinMs: 800 }), 1_000);
  expect([said.ok, said.message]).toEqual([false, 'took 900ms, expected at most 800ms']);
});

const to = (code: number, location: string) => new Response(null, { status: code, headers: { location } });
const POST = { method: 'POST', body: 'b', headers: { authorization: 'Bearer x' } } as const;

test.each<[string, Check, (path: string) => Response, readonly string[], string]>([
  [
    'to the same page with 307: the same is asked there',
    check(POST),
    (path) => (path === '/x' ? to(307, '/x/') : new Response('')),
    ['POST /x b Bearer x', 'POST /x/ b Bearer x'],
    'as expected',
  ],
  [
    'to the same page with 303: it is read there',
    check(POST),
    (path) => (path === '/x' ? to(303, '/x/') : new Response('')),
    ['POST /x b Bearer x', 'GET /x/  Bearer x'],
    'as expected',
  ],
  ['to another page', check(), () => to(302, '/login'), ['GET /x'], 'answers 302 and redirects to /login'],
  [
    'to another host',
    check(POST),
    () => to(307, 'https://evil.example/x'),
    ['POST /x b Bearer x'],
    'answers 307 and redirects to another host, https://evil.example',
  ],
  [
    'where it is what is expected',
    check({}, { ...status('302', 302), headers: { location: '/login' } }),
    () => to(302, '/login'),
    ['GET /x'],
    'as expected',
  ],
])('a redirect %s', async (_, each, answer, heard, message) => {
  expect(await asked(each, answer)).toEqual({ heard, said: message, ok: message === 'as expected' });
});

test('a private app is asked with the token in the header that the proxy takes off, and with the own credentials', async () => {
  await using server = await startServer(() => new Response('fine'));
  const each = check({ ...POST, headers: { authorization: 'Bearer of-the-app', 'content-type': 'text/csv' } });
  const said = await askCheck(appAt(server.url, { token: 'hf_t' }), each, 5_000);
  const [{ method, path, headers, body } = {}] = server.received;
  expect([said.ok, method, path, body?.toString()]).toEqual([true, 'POST', '/x', 'b']);
  expect(['x-hf-authorization', 'authorization', 'content-type'].map((name) => headers?.get(name))).toEqual([
    'Bearer hf_t',
    'Bearer of-the-app',
    'text/csv',
  ]);
});
