import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

/** Writes down each request that reaches it, with its version, its greeting and its headers, on this machine. */
function recordingServer(version: string, answer = "() => [200, '{}']"): string {
  return scriptedServer(`(asked, request) => {
    let body = '';
    request.on('data', (data) => (body += data)).on('end', () => require('node:fs').appendFileSync(process.env.RECORD,
      JSON.stringify(['${version}', process.env.GREETING, request.method, request.url, body, request.headers]) + '\\n'));
    return (${answer})(request);
  }`);
}

interface Recorded {
  readonly version: string;
  readonly greeting: string | undefined;
  readonly asked: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A file for the record; what is in it, without the questions for health and for the page. */
function openRecord() {
  const place = mkdtempSync(join(tmpdir(), 'spaceport-record-'));
  const file = join(place, 'record');
  return {
    file,
    checks: (): readonly Recorded[] =>
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .map(([version, greeting, method, url, body, headers]) => ({
          version,
          greeting,
          asked: `${method} ${url}`,
          body,
          headers,
        }))
        .filter(({ asked }) => asked !== 'GET /health' && asked !== 'GET /'),
    [Symbol.dispose]: () => rmSync(place, { recursive: true, force: true }),
  };
}

const PREDICT = `
- path: /predict
  method: POST
  headers: { authorization: "Bearer \${API_KEY}" }
  json: { lead: 1 }
  expect: { json: { ok: true } }
`;
const KEY = { env: { API_KEY: 'Qx7-of-the-app' } };

test.concurrent('checks reach the new version alone, with their values, and the token stays out of the app', async () => {
  using record = openRecord();
  const answer = "({ url }) => (url === '/predict' ? [200, { ok: true }] : [200, {}])";
  await using lab = await openLab(dockerApp('1', recordingServer('1', answer)));
  const inputs = { variables: `RECORD=${record.file}`, checks: PREDICT, visibility: 'private' };
  const first = await lab.deploy(inputs, KEY);
  lab.workspace.commit({ 'server.js': recordingServer('2', answer) });
  const second = await lab.deploy(inputs, KEY);
  const settings = await lab.deploy({ ...inputs, variables: `RECORD=${record.file}\nGREETING=hello` }, KEY);
  const unchanged = await lab.deploy({ ...inputs, variables: `RECORD=${record.file}\nGREETING=hello` }, KEY);

  const runs = [first, second, settings, unchanged];
  expect(runs.map(({ errors, outputs }) => [errors, outputs['result']])).toEqual([
    [[], 'deployed'],
    [[], 'deployed'],
    [[], 'deployed'],
    [[], 'unchanged'],
  ]);
  const seen = record.checks();
  expect(seen.map(({ version, greeting, asked, body }) => [version, greeting, asked, body])).toEqual([
    ['1', null, 'POST /predict', '{"lead":1}'],
    ['2', null, 'POST /predict', '{"lead":1}'],
    ['2', 'hello', 'POST /predict', '{"lead":1}'],
    ['2', 'hello', 'POST /predict', '{"lead":1}'],
  ]);
  expect(seen.map(({ headers }) => [headers['authorization'], headers['content-type']])).toEqual(
    seen.map(() => ['Bearer Qx7-of-the-app', 'application/json']),
  );
  expect(JSON.stringify(seen)).not.toMatch(/hf_me_write|x-hf-authorization/);
  for (const { log, summary, masks } of runs) {
    expect([log.includes('Qx7-of'), summary.includes('Qx7-of'), masks.includes('Qx7-of-the-app')]).toEqual([
      false,
      false,
      true,
    ]);
    expect(summary).toContain('It passed 1 check.');
    expect(log).toMatch(/check: POST \/predict: 200, as expected, after /);
  }
});

test.concurrent('a check that fails is told with what was asked, expected and answered, and rolled back; the restored version is not asked', async () => {
  using record = openRecord();
  await using lab = await openLab(dockerApp('1', recordingServer('1')));
  const variables = `RECORD=${record.file}`;
  const old = await lab.deploy({ variables });
  const answer =
    "({ url, headers }) => (url === '/predict' ? [500, { error: 'no model, you are ' + headers.authorization }] : [200, {}])";
  lab.workspace.commit({ 'server.js': recordingServer('2', answer) });

  const run = await lab.deploy({ variables, checks: PREDICT, timeout: '15s' }, KEY);

  expect(run.outputs).toMatchObject({ result: 'rolled-back', 'previous-commit': old.outputs['commit'] });
  expect(run.errors[0]?.split('\n')).toEqual([
    'The new version runs and is healthy, and does not pass the check POST /predict: answers 500, expected 2xx.',
    `Where: ${lab.space().runtime.appUrl}/predict`,
    'Cause: The app does not do what `checks` asks of it.',
    'Fix: Fix the app, or change what `checks` expects of it.',
  ]);
  expect(run.errors[1]).toMatch(/^The Space was rolled back: /);
  expect(run.summary).toContain('{"error":"no model, you are ***"}');
  expect(run.log.split('\n')).toEqual(
    expect.arrayContaining([
      'Asked:    POST /predict',
      '          with the headers authorization, content-type',
      '          with the body {"lead":1}',
      'Expected: 2xx, ok "true"',
      '{"error":"no model, you are ***"}',
    ]),
  );
  expect(new Set(record.checks().map(({ version }) => version))).toEqual(new Set(['2']));
});

test.concurrent('where nothing was changed a check that fails is red, and nothing is rolled back', async () => {
  await using lab = await openLab(dockerApp('1'));
  const old = await lab.deploy();

  const run = await lab.deploy({ checks: '- { path: /x, expect: { json: { version: 2 } } }', timeout: '5s' });

  expect(run.outputs).toMatchObject({ result: 'failed', commit: old.outputs['commit'], 'rolled-back': 'false' });
  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    'The new version runs and is healthy, and does not pass the check GET /x: version is "1", expected "2".',
  ]);
  expect(writes(run.requests)).toEqual([]);
});

test.concurrent('what is wrong with checks is told all at once, before the Hub is asked anything', async () => {
  await using lab = await openLab(dockerApp('1'));

  const run = await lab.deploy(
    {
      checks: '- path: /x\n  expct: { status: 200 }\n- path: /y\n  headers: { a: "${API_KYE}" }',
      'on-failure': 'sometimes',
    },
    KEY,
  );

  expect([run.exitCode, run.requests]).toEqual([1, []]);
  expect(run.errors.map((error) => error.split('\n'))).toEqual([
    [
      'Line 2: "expct" is not a key of an entry.',
      'Where: input `checks`',
      'Fix: Did you mean `expect`? Its keys are path, method, headers, json, body, expect.',
    ],
    [
      "Line 4: ${API_KYE} is not in the step's environment.",
      'Where: input `checks`',
      'Fix: Did you mean ${API_KEY}? Add it under `env:` of the step.',
    ],
    ['"sometimes" is not a choice.', 'Where: input `on-failure`', 'Fix: Use one of: rollback, keep.'],
  ]);
});

test.concurrent('an app that never answers a check, and one that never ends its answer, do not hold the run', async () => {
  const answer =
    "(asked, request) => (request.url === '/silent' ? undefined : [200, request.url === '/huge' ? 'x'.repeat(5e6) : '{}'])";
  await using lab = await openLab(dockerApp('1', scriptedServer(answer)));
  const first = await lab.deploy();
  expect(first.errors).toEqual([]);

  const run = await lab.deploy({
    checks: '- /huge\n- { path: /huge, expect: { json: { a: 1 } } }\n- path: /silent',
    timeout: '15s',
  });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    expect.stringMatching(/^The new version .* the check GET \/huge: is longer than 4 MB, so its JSON is not read\.$/),
    expect.stringMatching(/^The new version .* the check GET \/silent: does not answer within /),
  ]);
  expect(run.summary.length).toBeLessThan(60_000);
});

test.concurrent('an app that fails a check in every way, each once, passes it in the end', async () => {
  const server = `
let asked = 0;
const ways = [
  (response) => response.destroy(),
  (response) => response.writeHead(503).end('warming up'),
  (response) => { response.writeHead(200, { 'content-length': 100 }); response.write('{"ok":'); setTimeout(() => response.destroy(), 20); },
  (response) => response.writeHead(302, { location: '/login' }).end(),
  (response) => response.end('{"ok":'),
  (response) => response.end('{"ok":false}'),
];
require('node:http').createServer((request, response) => {
  const way = request.url === '/flaky' ? ways[asked++] : undefined;
  if (way === undefined) response.end('{"ok":true}');
  else way(response);
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;
  await using lab = await openLab(dockerApp('1', server));

  const run = await lab.deploy({ checks: '- { path: /flaky, expect: { json: { ok: true } } }' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect([...run.log.matchAll(/check: GET \/flaky: (.*), after/g)].map(([, said]) => said)).toEqual([
    // The Hub's proxy says the same where the app has broken the connection, which came first.
    '503, answers 503, expected 2xx',
    'no answer, cannot be reached (UND_ERR_RES_CONTENT_LENGTH_MISMATCH)',
    '302, answers 302 and redirects to /login',
    '200, is not JSON, so ok cannot be "true"',
    '200, ok is "false", expected "true"',
    '200, as expected',
  ]);
});

test.concurrent('checks that stand in spaceport.yml, as YAML, are those of its environment', async () => {
  const config = `
environments:
  staging:
    space: me/app
    checks:
      - /docs
      - path: /predict
        method: POST
        headers: { authorization: "Bearer \${API_KEY}" }
        json: { lead: 1 }
        expect: { json: { version: 1, environment: staging }, header: { content-type: application/json } }
`;
  await using lab = await openLab({ ...dockerApp('1'), 'spaceport.yml': config });

  const run = await lab.deploy({ space: '' }, KEY);

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.masks).toContain('Qx7-of-the-app');
  expect([...run.log.matchAll(/check: (\w+ \S+): 200, as expected/g)].map(([, name]) => name)).toEqual([
    'GET /docs',
    'POST /predict',
  ]);
});

test.concurrent('a version that is restarted has to pass its checks, too', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  const inputs = (version: number) => ({
    mode: 'restart',
    checks: `- { path: /x, expect: { json: { version: ${version} } } }`,
    timeout: '12s',
  });

  const [good, bad] = [await lab.deploy(inputs(1)), await lab.deploy(inputs(2))];

  expect([good.errors, good.outputs['result'], bad.outputs['result']]).toEqual([[], 'restarted', 'failed']);
  expect(bad.errors.map((error) => error.split('\n')[0])).toEqual([
    'The restarted version runs and is healthy, and does not pass the check GET /x: version is "1", expected "2".',
  ]);
});
