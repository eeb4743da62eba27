import { expect, test } from '@jest/globals';
import { type AppRequest, askApp } from '../../../src/health/app.ts';
import { appAt, type Scripted, scriptedFetch } from '../app-at.ts';

const APP = 'https://app.example';
const REQUEST = { accept: '*/*', deadlineMs: 1_000, mostBytes: 100 };

/** What came of it in a line, and which addresses were asked. */
async function asked(path: string, reach: AppRequest['reach'], answers: Readonly<Record<string, Scripted>>) {
  const scripted = scriptedFetch(answers);
  const app = appAt(APP, { fetch: scripted.fetch, token: 'hf_t' });
  const response = await askApp(app, { ...REQUEST, path, reach });
  const shown =
    response.kind === 'answered'
      ? `${response.status} at ${response.path}${response.wasInsecure ? ', insecure' : ''}`
      : response.kind === 'redirected'
        ? `redirected to ${response.to}`
        : response.why;
  return [shown, scripted.asked.map(({ url }) => url)];
}

test.each<[string, string, Readonly<Record<string, Scripted>>, string, readonly string[]]>([
  ['no redirect', '/health', { [`${APP}/health`]: [200] }, '200 at /health', [`${APP}/health`]],
  [
    'to the same path with a slash',
    '/health',
    { [`${APP}/health`]: [307, '/health/'], [`${APP}/health/`]: [200] },
    '200 at /health/',
    [`${APP}/health`, `${APP}/health/`],
  ],
  [
    'to the same path without a slash',
    '/health/',
    { [`${APP}/health/`]: [301, `${APP}/health`], [`${APP}/health`]: [200] },
    '200 at /health',
    [`${APP}/health/`, `${APP}/health`],
  ],
  [
    'to another page',
    '/health',
    { [`${APP}/health`]: [302, '/login'], [`${APP}/login`]: [200] },
    `redirected to ${APP}/login`,
    [`${APP}/health`],
  ],
  [
    'to a page below it',
    '/docs',
    { [`${APP}/docs`]: [302, '/docs/index.html'] },
    `redirected to ${APP}/docs/index.html`,
    [`${APP}/docs`],
  ],
  [
    'from / to any page',
    '/',
    { [`${APP}/`]: [302, '/login?next=/'], [`${APP}/login?next=/`]: [200] },
    '200 at /login?next=/',
    [`${APP}/`, `${APP}/login?next=/`],
  ],
  [
    'from / to another host',
    '/',
    { [`${APP}/`]: [302, 'https://other.example/'] },
    'redirected to https://other.example/',
    [`${APP}/`],
  ],
  [
    'to another port',
    '/health',
    { [`${APP}/health`]: [302, `${APP}:8443/health`] },
    `redirected to ${APP}:8443/health`,
    [`${APP}/health`],
  ],
  [
    'from https to http, with a slash',
    '/health',
    { [`${APP}/health`]: [307, 'http://app.example/health/'], [`${APP}/health/`]: [200] },
    '200 at /health/, insecure',
    [`${APP}/health`, `${APP}/health/`],
  ],
  [
    'from https to http of another page',
    '/health',
    { [`${APP}/health`]: [302, 'http://app.example/login'] },
    'redirected to http://app.example/login',
    [`${APP}/health`],
  ],
  [
    'from https to http of another host',
    '/',
    { [`${APP}/`]: [302, 'http://other.example/'] },
    'redirected to http://other.example/',
    [`${APP}/`],
  ],
  ['without a place', '/health', { [`${APP}/health`]: [304] }, '304 at /health', [`${APP}/health`]],
])('a redirect %s', async (_, path, answers, shown, urls) => {
  expect(await asked(path, 'same-page', answers)).toEqual([shown, urls]);
});

test('where any page of the host will do, a redirect leads to any page of the host and no further', async () => {
  const answers: Readonly<Record<string, Scripted>> = {
    [`${APP}/start`]: [302, '/login'],
    [`${APP}/login`]: [200],
    [`${APP}/away`]: [302, 'https://other.example/'],
  };
  expect([await asked('/start', 'same-host', answers), await asked('/away', 'same-host', answers)]).toEqual([
    ['200 at /login', [`${APP}/start`, `${APP}/login`]],
    ['redirected to https://other.example/', [`${APP}/away`]],
  ]);
});

test('a loop ends', async () => {
  const [shown, urls] = await asked('/', 'same-page', { [`${APP}/`]: [302, '/a'], [`${APP}/a`]: [302, '/'] });
  expect([shown, urls?.length]).toEqual(['redirects in a loop', 11]);
});

test("the token of a private Space opens the Hub's proxy, and there is no Authorization for the app", async () => {
  const { fetch, asked: requests } = scriptedFetch({ [`${APP}/health`]: [307, '/health/'] });
  await askApp(appAt(APP, { fetch, token: 'hf_t' }), { ...REQUEST, path: '/health', reach: 'same-page' });
  await askApp(appAt(APP, { fetch }), { ...REQUEST, path: '/', reach: 'same-page' });
  const headers = { accept: '*/*', 'cache-control': 'no-cache' };
  expect(requests).toEqual([
    { url: `${APP}/health`, headers: { ...headers, 'x-hf-authorization': 'Bearer hf_t' } },
    { url: `${APP}/health/`, headers: { ...headers, 'x-hf-authorization': 'Bearer hf_t' } },
    { url: `${APP}/`, headers },
  ]);
});
