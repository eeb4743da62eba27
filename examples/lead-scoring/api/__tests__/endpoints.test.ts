import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleColdLead, exampleLead } from '../src/routes/schemas.ts';
import { type Service, startService } from '../src/start-service.ts';
import { coldLead, hotLead } from './harness/leads.ts';
import { type PostgresServer, startPostgres } from './harness/postgres-server.ts';
import { get, post } from './harness/requests.ts';
import { testSettings } from './harness/test-settings.ts';

const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const scored = (score: number, priority: string, extra: object = {}) => ({
  id: UUID,
  created_at: MOMENT,
  model_version: '1.0.0',
  score,
  priority,
  ...extra,
});
const HOT = scored(0.9833, 'hot', { lead_id: 'hot-1' });
const COLD = scored(0.0002, 'cold');

const histogram = (counts: number[]) =>
  counts.map((count, index) => ({ from: index / 10, to: (index + 1) / 10, count }));

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

describe.each(['sqlite', 'postgres'])('on %s', (dialect) => {
  let service: Service;
  beforeAll(async () => {
    const database = dialect === 'postgres' ? { DATABASE_URL: await server.createDatabase() } : {};
    service = await startService(testSettings(database));
  });
  afterAll(() => service.close());

  test('health tells the environment and that the database answers', async () => {
    expect(await get(`${service.url}/health`)).toEqual({
      status: 200,
      body: {
        status: 'healthy',
        environment: 'test',
        banner: 'TEST environment, not for real decisions',
        version: '1.0.0',
        database: { dialect, ok: true },
      },
    });
  });

  test('nothing was predicted yet', async () => {
    expect(await get(`${service.url}/predictions/recent`)).toEqual({ status: 200, body: { predictions: [] } });
    expect(await get(`${service.url}/metrics/summary`)).toEqual({
      status: 200,
      body: {
        since: null,
        total: 0,
        by_priority: { hot: 0, warm: 0, cold: 0 },
        mean_score: null,
        histogram: histogram([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        latency_ms: { p50: null, p95: null },
      },
    });
  });

  test('a lead, a batch, and what is kept of them', async () => {
    const first = await post(`${service.url}/predict`, hotLead);
    expect(first).toEqual({ status: 200, body: HOT });
    const batch = await post(`${service.url}/predict/batch`, { leads: [coldLead, hotLead] });
    expect(batch).toEqual({ status: 200, body: { predictions: [COLD, HOT] } });

    const recent = await get(`${service.url}/predictions/recent`);
    const kept = (answer: object, lead: object) => {
      const { lead_id: _, ...prediction } = answer as { lead_id?: string };
      return { ...prediction, lead, latency_ms: expect.any(Number) };
    };
    const [cold = {}, hot = {}] = (batch.body as { predictions: object[] }).predictions;
    const { predictions } = recent.body as { predictions: object[] };
    expect(recent.status).toBe(200);
    expect(predictions).toHaveLength(3);
    expect(predictions).toEqual(
      expect.arrayContaining([kept(cold, coldLead), kept(hot, hotLead), kept(first.body as object, hotLead)]),
    );
    expect(predictions[2]).toEqual(kept(first.body as object, hotLead));
    expect(await get(`${service.url}/predictions/recent?limit=2`)).toEqual({
      status: 200,
      body: { predictions: predictions.slice(0, 2) },
    });

    expect(await get(`${service.url}/metrics/summary`)).toEqual({
      status: 200,
      body: {
        since: (first.body as { created_at: string }).created_at,
        total: 3,
        by_priority: { hot: 2, warm: 0, cold: 1 },
        mean_score: 0.6556,
        histogram: histogram([1, 0, 0, 0, 0, 0, 0, 0, 0, 2]),
        latency_ms: { p50: expect.any(Number), p95: expect.any(Number) },
      },
    });
  });

  test('a hundred leads in one batch', async () => {
    const { status, body } = await post(`${service.url}/predict/batch`, { leads: Array(100).fill(coldLead) });
    expect({ status, body }).toEqual({ status: 200, body: { predictions: Array(100).fill(COLD) } });
    expect(new Set((body as { predictions: { id: string }[] }).predictions.map(({ id }) => id)).size).toBe(100);
  });
});

describe('refusals', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(testSettings());
  });
  afterAll(() => service.close());

  const invalid = (...problems: [field: string, rule: string][]) => ({
    status: 400,
    body: {
      error: 'the request is not valid',
      problems: problems.map(([field, rule]) => ({ field, rule })),
    },
  });

  test('name everything that is wrong with a lead', async () => {
    const { demo_requested: _, ...lead } = hotLead;
    const wrong = { ...lead, company_size: 0, budget_eur: '100', industry: 'mining', lead_id: 'a b', colour: 'red' };
    expect(await post(`${service.url}/predict`, wrong)).toEqual(
      invalid(
        ['demo_requested', 'is required'],
        ['colour', 'is not a known field'],
        ['lead_id', 'must match pattern "^[\\w.:@-]{1,100}$"'],
        ['company_size', 'must be >= 1'],
        ['budget_eur', 'must be number'],
        ['industry', 'must be one of software, finance, healthcare, manufacturing, retail, education, other'],
      ),
    );
  });

  test('say which lead of a batch, and store none of it', async () => {
    const leads = [hotLead, { ...hotLead, pages_viewed: 1.5 }];
    expect(await post(`${service.url}/predict/batch`, { leads })).toEqual(
      invalid(['leads[1].pages_viewed', 'must be integer']),
    );
    expect(await get(`${service.url}/predictions/recent`)).toEqual({ status: 200, body: { predictions: [] } });
  });

  test.each<[string, unknown, [string, string]]>([
    ['an empty batch', { leads: [] }, ['leads', 'must NOT have fewer than 1 items']],
    ['101 leads', { leads: Array(101).fill(coldLead) }, ['leads', 'must NOT have more than 100 items']],
    ['no leads', {}, ['leads', 'is required']],
    ['a list', [], ['body', 'must be object']],
    ['half a body', '{"leads":', ['body', 'must be JSON']],
    ['no body', '', ['body', 'must be JSON']],
  ])('%s for a batch', async (_, body, problem) => {
    expect(await post(`${service.url}/predict/batch`, body)).toEqual(invalid(problem));
  });

  test.each([
    ['0', 'must be >= 1'],
    ['1001', 'must be <= 1000'],
    ['many', 'must be integer'],
  ])('limit=%s', async (limit, rule) => {
    expect(await get(`${service.url}/predictions/recent?limit=${limit}`)).toEqual(invalid(['limit', rule]));
  });

  test('tell at most a hundred problems', async () => {
    const { body } = await post(`${service.url}/predict/batch`, { leads: Array(100).fill({}) });
    expect((body as { problems: unknown[] }).problems).toHaveLength(100);
  });

  test.each<[string, RequestInit, number, string]>([
    ['/nowhere', {}, 404, 'there is no GET /nowhere'],
    ['/predict', {}, 404, 'there is no GET /predict'],
    ['/predict', { method: 'POST', body: 'a=1' }, 415, 'Unsupported Media Type'],
    ['/predict', { method: 'POST', body: 'x'.repeat(1_100_000) }, 413, 'Request body is too large'],
  ])('%s is JSON too (case %#)', async (path, init, status, error) => {
    const headers = init.body && status === 413 ? { 'content-type': 'application/json' } : {};
    const answer = await fetch(service.url + path, { ...init, headers });
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status, body: { error, problems: [] } });
  });
});

describe('pages', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(testSettings({ CORS_ORIGINS: 'https://board.example, https://other.example' }));
  });
  afterAll(() => service.close());

  const text = async (path: string): Promise<string> => (await fetch(service.url + path)).text();

  test.each(['/', '/docs'])('%s is HTML that the Hub may frame', async (path) => {
    const answer = await fetch(service.url + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-frame-options')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toBeNull();
  });

  test('the first page links to what there is', async () => {
    const links = [...(await text('/')).matchAll(/href="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links).toEqual(['docs', 'health', 'metrics/summary']);
    for (const link of links) expect((await fetch(`${service.url}/${link}`)).status).toBe(200);
  });

  test('the documentation loads nothing from elsewhere', async () => {
    const html = await text('/docs');
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, asset]) => asset ?? '');
    expect(assets.length).toBeGreaterThan(4);
    for (const asset of assets) {
      expect(asset).toMatch(/^\/docs\/static\//);
      expect((await fetch(service.url + asset)).status).toBe(200);
    }
    expect(await text('/docs/static/swagger-initializer.js')).toContain('validatorUrl: null');
  });

  test('the OpenAPI document has every route, and examples that are answered as documented', async () => {
    const { body } = await get(`${service.url}/docs/json`);
    const { openapi, paths } = body as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(openapi).toBe('3.1.0');
    expect(Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((m) => `${m} ${path}`))).toEqual(
      ['get /health', 'post /predict', 'post /predict/batch', 'get /predictions/recent', 'get /metrics/summary'],
    );
    const json = (path: string) => ['paths', path, 'post', 'requestBody', 'content', 'application/json'];
    expect(body).toHaveProperty([...json('/predict'), 'example'], exampleLead);
    expect(body).toHaveProperty([...json('/predict/batch'), 'example'], { leads: [exampleLead, exampleColdLead] });
    expect(await post(`${service.url}/predict`, exampleLead)).toEqual({
      status: 200,
      body: scored(0.951, 'hot', { lead_id: 'crm-1042' }),
    });
    expect((await post(`${service.url}/predict/batch`, { leads: [exampleLead, exampleColdLead] })).status).toBe(200);
  });

  test.each([
    ['https://board.example', 'https://board.example'],
    ['https://other.example', 'https://other.example'],
    ['https://evil.example', null],
  ])('a page of %s may read: %s', async (origin, allowed) => {
    const answer = await fetch(`${service.url}/metrics/summary`, { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(allowed);
  });

  test('no page of another origin may read when CORS_ORIGINS is not set', async () => {
    const closed = await startService(testSettings());
    const answer = await fetch(`${closed.url}/metrics/summary`, { headers: { origin: 'https://board.example' } });
    await closed.close();
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
