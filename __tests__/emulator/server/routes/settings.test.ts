import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiHub, startApiHub } from '../api-hub.ts';

let api: ApiHub;
beforeAll(async () => {
  api = await startApiHub({ now: () => new Date('2026-01-02T03:04:05.678Z') });
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  await api.hub.reset();
  await api.create('me/app');
});

const call = (method: string, kind: string, json?: object, token = 'hf_me_write') =>
  api.send(method, `/api/spaces/me/app/${kind}`, { token, ...(json ? { json } : {}) });
const updatedAt = '2026-01-02T03:04:05.678Z';

describe('variables', () => {
  test('every write answers the whole map and restarts the app', async () => {
    expect((await call('GET', 'variables')).json).toEqual({});
    await call('POST', 'variables', { key: 'A', value: '1' });
    const { json } = await call('POST', 'variables', { key: 'B', description: 'empty' });
    expect(json).toEqual({
      A: { key: 'A', value: '1', updatedAt },
      B: { key: 'B', value: '', description: 'empty', updatedAt },
    });
    expect((await call('DELETE', 'variables', { key: 'A' })).json).toEqual({
      B: { key: 'B', value: '', description: 'empty', updatedAt },
    });
    expect((await call('DELETE', 'variables', { key: 'never' })).status).toBe(200);
    expect(api.runtime('me/app').told).toEqual(Array(4).fill('settingsChanged'));
    expect(api.runtime('me/app').source.settings()).toEqual({ variables: { B: '' }, secrets: {} });
  });

  test('are seen by everyone and written by few', async () => {
    await call('POST', 'variables', { key: 'A', value: '1' });
    expect((await api.send('GET', '/api/spaces/me/app/variables', { token: null })).json).toEqual({
      A: { key: 'A', value: '1', updatedAt },
    });
    expect((await call('POST', 'variables', { key: 'A' }, 'hf_me_read')).status).toBe(403);
  });
});

describe('secrets', () => {
  test('go in and never come out', async () => {
    expect((await call('POST', 'secrets', { key: 'S', value: 'hidden', description: 'a note' })).json).toEqual({});
    expect((await call('GET', 'secrets')).json).toEqual({ S: { key: 'S', description: 'a note', updatedAt } });
    expect(api.hub.space('me/app')?.secrets).toEqual({ S: { value: 'hidden', description: 'a note' } });
    expect(JSON.stringify(api.hub.requests)).not.toContain('hidden');
    expect((await call('DELETE', 'secrets', { key: 'S' })).json).toEqual({});
    expect((await call('GET', 'secrets')).json).toEqual({});
  });

  test('answer without headers for other sites', async () => {
    expect((await call('GET', 'secrets')).headers.get('access-control-expose-headers')).toBeNull();
    expect((await call('GET', 'variables')).headers.get('access-control-expose-headers')).toMatch('X-Request-Id');
  });
});

test.each(['_A', '1A', 'A-B', 'A.B', ''])('the name %p is refused', async (key) => {
  const answers = [await call('POST', 'variables', { key }), await call('POST', 'secrets', { key, value: 'x' })];
  expect(answers.map(({ status }) => status)).toEqual([400, 400]);
});

describe('the runtime', () => {
  test('is told what the verbs say, and answers as it is', async () => {
    await call('POST', 'restart');
    await call('POST', 'restart?factory=true');
    await call('POST', 'pause');
    expect((await call('POST', 'sleeptime', { seconds: 300 })).status).toBe(200);
    const { json } = await call('POST', 'hardware', { flavor: 't4-small', sleepTimeSeconds: 60 });
    expect(json).toMatchObject({ stage: 'RUNNING', hardware: { requested: 't4-small' }, devMode: false });
    await call('POST', 'sleeptime', { seconds: 300 });
    expect((await call('POST', 'dev-mode', { enabled: true })).json).toMatchObject({ devMode: true });
    expect(api.runtime('me/app').told).toEqual([
      ['restart', { factory: false }],
      ['restart', { factory: true }],
      'pause',
      ['setHardware', 't4-small', 60],
      ['setSleepTime', 300],
    ]);
  });

  test.each(['restart', 'pause', 'dev-mode'])('%s is not for static Spaces', async (verb) => {
    await api.create('me/site', 'static');
    expect((await api.send('POST', `/api/spaces/me/site/${verb}`, { json: {} })).status).toBe(400);
    expect((await call('POST', verb, {}, 'hf_me_read')).status).toBe(403);
  });
});

describe('validate-yaml', () => {
  const validate = (content: string) =>
    api.send('POST', '/api/validate-yaml', { json: { content, repoType: 'space' } });
  test.each([
    ['---\nsdk: docker\napp_port: 8501\ncolorFrom: red\nshort_description: ok\n---\n', 200, []],
    ['---\nsdk: streamlit\n---\n', 400, ['"sdk" must be one of [gradio, docker, static]']],
    [
      '---\ncolorTo: black\n---\n',
      400,
      ['"colorTo" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]'],
    ],
    [
      `---\nshort_description: ${'x'.repeat(61)}\n---\n`,
      400,
      ['"short_description" length must be less than or equal to 60 characters long'],
    ],
    [
      '---\nmodels: one\napp_port: "80"\n---\n',
      400,
      ['"models" must be an array', '"app_port" must be an integer from 1 to 65535'],
    ],
    ['---\na: [\n---\n', 400, [expect.any(String)]],
  ])('%j', async (content, status, messages) => {
    const answer = await validate(content);
    const errors = messages.map((message) => ({ message }));
    expect([answer.status, answer.json]).toEqual([status, { errors, warnings: [] }]);
  });

  test('only warns when there is no metadata', async () => {
    const { status, json } = await validate('# Hello\n');
    expect([status, json]).toEqual([
      200,
      { errors: [], warnings: [{ message: 'empty or missing yaml metadata in repo card' }] },
    ]);
  });
});

test('logs come as events, from the start or the tail, and go on', async () => {
  const { buildLog } = api.runtime('me/app');
  for (const line of ['one\n', 'two\n', 'three\n']) buildLog.write(line);
  const events = await follow(
    'build?tail=2',
    (text) => text.includes('later'),
    () => buildLog.write('later'),
  );
  expect(events).toEqual(['two\n', 'three\n', 'later']);
  expect((await call('GET', 'logs/build', undefined, 'hf_free_write')).status).toBe(403);
  expect((await call('GET', 'logs/other')).status).toBe(404);
});

test('a log ends when its Space is deleted', async () => {
  const json = { name: 'app', type: 'space' };
  let deleted: Promise<unknown> | undefined;
  const remove = () => {
    deleted = api.send('DELETE', '/api/repos/delete', { json });
  };
  expect(await follow('run', () => false, remove)).toEqual([]);
  await deleted;
});

/** Reads a log until `enough` or its end, doing something once it is open. */
async function follow(path: string, enough: (text: string) => boolean, once: () => void): Promise<string[]> {
  const response = await fetch(`${api.hub.url}/api/spaces/me/app/logs/${path}`, {
    headers: { authorization: 'Bearer hf_me_write' },
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  once();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (enough(text)) break;
  }
  const lines = text.split('\n\n').filter((event) => event.startsWith('data: {'));
  return lines.map((event) => JSON.parse(event.slice('data: '.length)).data);
}
