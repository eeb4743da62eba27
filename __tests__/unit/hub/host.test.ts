import { expect, test } from '@jest/globals';
import { spaceHost } from '../../../src/hub/host.ts';
import { fakeHub } from './fake-hub.ts';

const json = (status: number, body: object) => ({ status, body: JSON.stringify(body) });
const NONE = json(404, { error: 'Not found' });

test.each([
  ['/host names it', [json(200, { host: 'https://me-app.hf.space', subdomain: 'me-app' })], 'https://me-app.hf.space'],
  ['with a slash at its end', [json(200, { host: 'https://me-app.hf.space/' })], 'https://me-app.hf.space'],
  ['without https', [json(200, { host: 'me-app.hf.space' })], 'https://me-app.hf.space'],
  [
    '/host is not there: the host of the Space',
    [NONE, json(200, { host: 'http://127.0.0.1:7001', subdomain: 'x' })],
    'http://127.0.0.1:7001',
  ],
  ['only a subdomain', [NONE, json(200, { sdk: 'docker', subdomain: 'me-app' })], 'https://me-app.hf.space'],
  [
    'only a subdomain, static',
    [NONE, json(200, { sdk: 'static', subdomain: 'me-app' })],
    'https://me-app.static.hf.space',
  ],
  [
    '/host has no host but a subdomain, and the Space has none',
    [json(200, { subdomain: 'me-app' }), json(200, { sdk: 'static' })],
    'https://me-app.static.hf.space',
  ],
  [
    '/host has another shape',
    [json(200, { host: 7 }), json(200, { host: 'https://me-app.hf.space' })],
    'https://me-app.hf.space',
  ],
])('%s', async (_, answers, host) => {
  const { session, heard } = fakeHub(...answers);
  expect(await spaceHost(session, 'me/app')).toBe(host);
  expect(heard.map(({ url }) => url)).toEqual(
    ['https://hub.example/api/spaces/me/app/host', 'https://hub.example/api/spaces/me/app'].slice(0, answers.length),
  );
});

test.each([
  ['nothing', {}],
  ['what is no name', { subdomain: 'evil.example/#' }],
  ['what is no web address', { host: 'file:///etc/passwd' }],
])('with %s it is a failure', async (_, body) => {
  const { session } = fakeHub(json(200, body), json(200, body));
  await expect(spaceHost(session, 'me/app')).rejects.toThrow('The Hub does not say where the app of me/app answers.');
});

test('a refusal is told as one', async () => {
  const { session } = fakeHub(json(403, { error: 'Authorization error.' }));
  await expect(spaceHost(session, 'me/app')).rejects.toThrow(
    'The Hub refused to say where me/app answers: Authorization error.',
  );
});
