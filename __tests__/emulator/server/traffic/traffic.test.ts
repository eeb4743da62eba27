// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiHub, commitLines, startApiHub } from '../api-hub.ts';

let api: ApiHub;
beforeAll(async () => {
  api = await startApiHub();
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  await api.hub.reset();
  await api.create('me/app');
});

const runtime = () => api.send('GET', '/api/spaces/me/app/runtime');
const route = 'GET /api/spaces/:owner/:name/runtime';

describe('faults', () => {
  test('answer instead, on the calls that were named', async () => {
    api.hub.fault({ route, on: [2, 3], then: { status: 503, headers: { 'Retry-After': '7' }, body: 'busy' } });
    const answers = [await runtime(), await runtime(), await runtime(), await runtime()];
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
    expect([answers[1]?.text, answers[1]?.headers.get('retry-after')]).toEqual(['busy', '7']);
  });

  test('act once unless told, count from when they were set, and end with a reset', async () => {
    await runtime();
    api.hub.fault({ route, then: { status: 500, body: { error: 'x' } } });
    api.hub.fault({ route: '*', on: 'every', then: { status: 418 } });
    const answers = [await runtime(), await runtime()];
    expect(answers.map(({ status }) => status)).toEqual([500, 418]);
    await api.hub.reset();
    await api.create('me/app');
    expect((await runtime()).status).toBe(200);
  });

  test('a reset before acting leaves nothing, one after acting leaves the commit', async () => {
    const commitRoute = 'POST /api/spaces/:owner/:name/commit/:rev';
    const commit = () => api.send('POST', '/api/spaces/me/app/commit/main', { lines: commitLines({ a: 'a' }) });
    api.hub.fault({ route: commitRoute, then: { reset: 'before' } });
    await expect(commit()).rejects.toThrow('fetch failed');
    expect(await api.hub.space('me/app')?.commits()).toHaveLength(1);
    api.hub.fault({ route: commitRoute, then: { reset: 'after' } });
    await expect(commit()).rejects.toThrow('fetch failed');
    expect(await api.hub.space('me/app')?.commits()).toHaveLength(2);
    expect(api.hub.requests.slice(1).map(({ status }) => status)).toEqual(['reset', 'reset']);
  });

  test('a truncated answer promises more than it sends', async () => {
    api.hub.fault({ route, then: { truncate: true } });
    const whole = (await api.send('GET', '/api/spaces/me/app')).text.length;
    const response = await fetch(`${api.hub.url}/api/spaces/me/app/runtime`);
    expect(response.status).toBe(200);
    const promised = Number(response.headers.get('content-length'));
    expect(promised).toBeGreaterThan(10);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(api.hub.requests.at(-1)).toMatchObject({ status: 200, bytesOut: Math.floor(promised / 2) });
    expect(whole).toBeGreaterThan(0);
  });

  test('a delay delays', async () => {
    api.hub.fault({ route, then: { delayMs: 120 } });
    const started = performance.now();
    expect((await runtime()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  test('a route that is not there is refused, with those that are', () => {
    expect(() => api.hub.fault({ route: 'GET /api/nope', then: { status: 500 } })).toThrow(route);
  });
});

describe('records', () => {
  test('tell what crossed the wire', async () => {
    await api.send('POST', '/api/spaces/me/app/variables?x=1', { json: { key: 'A', value: 'é' } });
    expect(api.hub.requests[1]).toEqual({
      method: 'POST',
      path: '/api/spaces/me/app/variables?x=1',
      route: 'POST /api/spaces/:owner/:name/variables',
      status: 200,
      bytesIn: 24,
      bytesOut: expect.any(Number),
      authorized: true,
      headers: expect.objectContaining({ authorization: '***', 'content-type': 'application/json' }),
      body: '{"key":"A","value":"é"}',
    });
  });

  test('hide secrets wherever they are sent', async () => {
    const secrets = [{ key: 'S', value: 'hidden' }];
    await api.send('POST', '/api/repos/create', { json: { type: 'space', name: 'b', sdk: 'docker', secrets } });
    await api.send('POST', '/api/spaces/me/app/secrets', { json: { key: 'S', value: 'hidden' } });
    await api.send('POST', '/api/spaces/me/app/secrets', {
      body: '{"key": "S", "value": "hidden',
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.stringify(api.hub.requests)).not.toContain('hidden');
    expect(api.hub.requests[1]?.body).toContain('"secrets":[{"key":"S","value":"***"}]');
  });

  test('keep the order of arrival', async () => {
    api.hub.fault({ route, then: { delayMs: 150 } });
    await Promise.all([
      runtime(),
      new Promise((resolve) => setTimeout(resolve, 50)).then(() => api.send('GET', '/api/whoami-v2')),
    ]);
    expect(api.hub.requests.slice(1).map(({ path }) => path)).toEqual(['/api/spaces/me/app/runtime', '/api/whoami-v2']);
  });

  test('keep at most 64 KiB of a body', async () => {
    await api.send('POST', '/api/spaces/me/app/commit/main', { lines: commitLines({ a: 'a'.repeat(100_000) }) });
    expect(api.hub.requests[1]).toMatchObject({ bytesIn: expect.any(Number), status: 200 });
    expect(api.hub.requests[1]?.body).toHaveLength(65536);
  });
});

test('every answer has the usual headers, and echoes the trace', async () => {
  const { headers } = await api.send('GET', '/api/spaces/me/none', { headers: { 'x-amzn-trace-id': 'abc' } });
  expect(headers.get('x-request-id')).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};abc$/);
  expect(headers.get('ratelimit')).toMatch(/^"api";r=\d+;t=\d+$/);
  expect(headers.get('ratelimit-policy')).toBe('"fixed window";"api";q=2500;w=300');
});

test('limits are enforced when asked for', async () => {
  const strict = await startApiHub({ enforceRateLimits: true, now: () => new Date('2026-01-01T00:00:00Z') });
  const answers = await Promise.all(
    Array.from({ length: 501 }, () => strict.send('GET', '/api/agent-harnesses', { token: null })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect([refused[0]?.headers.get('ratelimit'), refused[0]?.headers.get('retry-after')]).toEqual([
    '"api";r=0;t=300',
    '300',
  ]);
  await strict.hub.close();
});

test('whoami tells user, plan and role', async () => {
  const { json } = await api.send('GET', '/api/whoami-v2', { token: 'hf_me_read' });
  expect(json).toMatchObject({
    type: 'user',
    name: 'me',
    isPro: true,
    orgs: [{ type: 'org', name: 'acme' }],
    auth: { type: 'access_token', accessToken: { role: 'read' } },
  });
  expect((await api.send('GET', '/api/whoami-v2', { token: null })).status).toBe(401);
});
