import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';

const HEALTHY = { status: 'healthy', environment: 'staging' };

test('both apps are healthy', async () => {
  expect(await smoke(apps())).toEqual({
    code: 0,
    log: [
      '✓ GET api/health: healthy, staging',
      '✓ POST api/predict: score 0.5, warm',
      '✓ GET dashboard/_stcore/health: ok',
    ],
  });
});

test('it asks again while an app is not there yet', async () => {
  let asked = 0;
  const answers = apps({
    health: () => (++asked < 3 ? [503, 'Your space is in error'] : [200, JSON.stringify(HEALTHY)]),
  });
  const { code, log } = await smoke(answers);
  expect({ code, first: log.slice(0, 3) }).toEqual({
    code: 0,
    first: [
      '  1/3: GET api/health answered 503 Your space is in error',
      '  2/3: GET api/health answered 503 Your space is in error',
      '✓ GET api/health: healthy, staging',
    ],
  });
});

test.each([
  [
    'production answers where staging should',
    { health: () => [200, JSON.stringify({ ...HEALTHY, environment: 'production' })] },
    'GET api/health: expected healthy and staging, got {"status":"healthy","environment":"production"}',
  ],
  [
    'the API is not healthy',
    { health: () => [200, JSON.stringify({ ...HEALTHY, status: 'unhealthy' })] },
    'GET api/health: expected healthy and staging, got {"status":"unhealthy","environment":"staging"}',
  ],
  [
    'it does not score',
    { predict: () => [503, '{"error":"no database"}'] },
    'POST api/predict answered 503 {"error":"no database"}',
  ],
  [
    'the dashboard is not there',
    { dashboard: () => [404, 'Not found'] },
    'GET dashboard/_stcore/health answered 404 Not found',
  ],
  [
    'another app answers',
    { dashboard: () => [200, '<html>'] },
    'GET dashboard/_stcore/health: expected ok, got <html>',
  ],
] satisfies readonly (readonly [string, Partial<Answers>, string])[])('red when %s', async (_, wrong, said) => {
  const { code, log } = await smoke(apps(wrong));
  expect({ code, errors: log.filter((line) => line.startsWith('::error')) }).toEqual({
    code: 1,
    errors: [`::error title=Smoke test::${said}`],
  });
  expect(log.filter((line) => line.startsWith('✓'))).toHaveLength(2);
});

test('without an address it sends no request', async () => {
  expect(await run(['staging', 'http://127.0.0.1:9', ''])).toEqual({
    code: 2,
    log: ['usage: node scripts/smoke/main.ts <environment> <api-url> <dashboard-url>'],
  });
});

type Answer = () => readonly [number, string];

interface Answers {
  readonly health: Answer;
  readonly predict: Answer;
  readonly dashboard: Answer;
}

function apps(changed: Partial<Answers> = {}): Answers {
  return {
    health: () => [200, JSON.stringify(HEALTHY)],
    predict: () => [200, '{"score":0.5,"priority":"warm"}'],
    dashboard: () => [200, 'ok'],
    ...changed,
  };
}

/** Both apps on one server, which answers GET and not HEAD; their addresses are taken out of the log. */
async function smoke({ health, predict, dashboard }: Answers) {
  const routes: Readonly<Record<string, Answer>> = {
    'GET /api/health': health,
    'POST /api/predict': predict,
    'GET /dashboard/_stcore/health': dashboard,
  };
  const answer: RequestListener = ({ method, url }, response) => {
    const [status, body] = routes[`${method} ${url}`]?.() ?? [405, ''];
    response.writeHead(status).end(body);
  };
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const { code, log } = await run(['staging', `${origin}/api`, `${origin}/dashboard`]);
    return { code, log: log.map((line) => line.replaceAll(`${origin}/`, '')) };
  } finally {
    server.close();
  }
}

function run(args: readonly string[]): Promise<{ code: number; log: readonly string[] }> {
  const env = { PATH: process.env['PATH'], SMOKE_ATTEMPTS: '3', SMOKE_PAUSE_MS: '10' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['scripts/smoke/main.ts', ...args], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, log: `${stdout}${stderr}`.trimEnd().split('\n') }),
    );
  });
}
