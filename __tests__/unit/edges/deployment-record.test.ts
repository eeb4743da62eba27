import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deploymentRecords, type RecordPlace } from '../../../src/edges/deployment-record.ts';
import { type FakeGithub, HEAD, startGithub } from '../../scenarios/support/github.ts';
import { json } from '../../scenarios/support/github-deployments.ts';

const STARTED = { state: 'in_progress', description: 'Deploying.' } as const;
const DONE = { state: 'success', description: 'Deployed.', appUrl: 'https://me-app.hf.space' } as const;
const GONE = { state: 'inactive', description: 'Removed.' } as const;
const OURS = { ref: HEAD, payload: { spaceport: 'me/app' }, transient_environment: true };
const LONG_MS = 30_000;

// GitHub's client reads the address when it is loaded: so there is one for all, and an environment for each test.
let github: FakeGithub;
const url = process.env['GITHUB_API_URL'];
beforeAll(async () => {
  github = await startGithub(7);
  process.env['GITHUB_API_URL'] = github.env['GITHUB_API_URL'];
});
afterAll(async () => {
  if (url === undefined) delete process.env['GITHUB_API_URL'];
  else process.env['GITHUB_API_URL'] = url;
  await github[Symbol.asyncDispose]();
});

const records = deploymentRecords((text) => text.replaceAll('hunter2', '***'));
let number = 0;

test('a record is opened with all that GitHub is to know, and ended with the link to the app', async () => {
  const place = newPlace();

  const trouble = await records.open(place, HEAD, STARTED).end(DONE, LONG_MS);

  expect(trouble).toBeUndefined();
  expect(bodies(place)[0]).toEqual({
    ref: HEAD,
    environment: place.environment,
    payload: { spaceport: 'me/app' },
    transient_environment: true,
    production_environment: false,
    auto_merge: false,
    required_contexts: [],
    description: 'Deploying.',
  });
  expect(keptIn(place)[0]?.statuses).toMatchObject([
    { state: 'in_progress', description: 'Deploying.', log_url: place.runUrl, environment_url: '' },
    { state: 'success', description: 'Deployed.', log_url: place.runUrl, environment_url: DONE.appUrl },
  ]);
});

test('only what succeeds replaces what was active before, and runs that were killed get an end either way', async () => {
  const [green, red] = [newPlace(), newPlace()];
  for (const { environment } of [green, red]) {
    // Below one that was replaced, nobody looks.
    github.deployments.add({ ...OURS, environment }, ['in_progress']);
    github.deployments.add({ ...OURS, environment }, ['success', 'inactive']);
    github.deployments.add({ ...OURS, environment }, ['in_progress', 'failure']);
    github.deployments.add({ ...OURS, environment, payload: JSON.stringify(OURS.payload) }, ['success']);
    github.deployments.add({ ...OURS, environment });
  }

  await records.open(green, HEAD, STARTED).end(DONE, LONG_MS);
  await records.open(red, HEAD, STARTED).end({ state: 'failure', description: 'It did not start.' }, LONG_MS);

  const untouched = [['in_progress'], ['success', 'inactive'], ['in_progress', 'failure']];
  expect(states(green)).toEqual([...untouched, ['success', 'inactive'], ['error'], ['in_progress', 'success']]);
  expect(states(red)).toEqual([...untouched, ['success'], ['error'], ['in_progress', 'failure']]);
});

test('a deployment of another Space, of the job itself, or of a newer run is left alone', async () => {
  const place = newPlace();
  const { environment } = place;
  github.deployments.add({ ...OURS, environment, payload: { spaceport: 'me/dashboard' } }, ['success']);
  github.deployments.add({ ref: HEAD, environment }, ['in_progress']);
  github.deployments.add({ ref: HEAD, environment, payload: 'no JSON' }, ['success']);

  const record = records.open(place, HEAD, STARTED);
  const isListed = () => github.received.some(({ method, path }) => method === 'GET' && path.includes(environment));
  while (!isListed()) await new Promise((resolve) => setImmediate(resolve));
  github.deployments.add({ ...OURS, environment }, ['in_progress']);
  await record.end(DONE, LONG_MS);

  expect(states(place)).toEqual([
    ['success'],
    ['in_progress'],
    ['success'],
    ['in_progress', 'success'],
    ['in_progress'],
  ]);
});

test('a removal ends every one of them, page by page, but those of another Space; once more, and nothing is written', async () => {
  const place = newPlace();
  const { environment } = place;
  for (let count = 0; count < 5; count++) github.deployments.add({ ...OURS, environment }, ['success']);
  github.deployments.add({ ...OURS, environment, payload: { spaceport: 'me/dashboard' } }, ['success']);
  github.deployments.add({ ref: HEAD, environment }, ['in_progress']);
  const other = github.deployments.add({ ...OURS, environment: `${environment}1` }, ['success']);

  const first = await records.closeAll(place, GONE, LONG_MS);
  const written = bodies(place).length;
  const second = await records.closeAll(place, GONE, LONG_MS);

  expect([first, second, bodies(place).length]).toEqual([undefined, undefined, written]);
  expect(states(place)).toEqual([...Array(5).fill(['success', 'inactive']), ['success'], ['in_progress', 'inactive']]);
  expect(other.statuses.map(({ state }) => state)).toEqual(['success']);
});

test.each([
  ['a scheme that runs code', { appUrl: 'javascript:alert(1)' }, { environment_url: '' }],
  ['no URL', { appUrl: 'me-app.hf.space' }, { environment_url: '' }],
  ['a secret in it', { appUrl: 'https://hunter2.hf.space' }, { environment_url: '' }],
  ['a secret in the description', { description: 'It is hunter2.' }, { description: 'It is ***.' }],
  ['several lines', { description: 'One\n::error::two\u2028three' }, { description: 'One ::error::two three' }],
  ['a long text', { description: '😀'.repeat(150) }, { description: `${'😀'.repeat(69)}…` }],
])('what is not fit for the page of GitHub: %s', async (_, hostile, shown) => {
  const place = newPlace();

  const trouble = await records.open(place, HEAD, STARTED).end({ ...DONE, ...hostile }, LONG_MS);

  expect(trouble).toBeUndefined();
  expect(keptIn(place)[0]?.statuses.at(-1)).toMatchObject({ state: 'success', ...shown });
});

const BROKEN = '500: broken';
const REFUSED = '403: Resource not accessible by integration';
const NOTHING = [['success'], ['in_progress']];
const ANSWERS = {
  [BROKEN]: () => json(500, { message: 'broken' }),
  [REFUSED]: () => json(403, { message: 'Resource not accessible by integration' }),
  '404: Not Found': () => json(404, { message: 'Not Found' }),
  '403: You have exceeded a secondary rate limit': () =>
    json(403, { message: 'You have exceeded a secondary rate limit' }),
};
const OPENING = [
  ['create', /^POST \S+\/deployments$/, NOTHING],
  ['set a state', /^POST \S+\/statuses$/, [...NOTHING, []]],
  ['list', /^GET \S+\/deployments$/, [...NOTHING, ['in_progress', 'success']]],
  ['read a state', /^GET \S+\/statuses$/, [...NOTHING, ['in_progress', 'success']]],
] as const;

test.each(
  OPENING.flatMap(([call, route, left]) =>
    Object.entries(ANSWERS).map(([words, answer]) => [call, words, { route, left, answer }] as const),
  ),
)('%s: %s', async (_, words, { route, left, answer }) => {
  const place = withTwo();
  using _fault = github.fault(route, answer);

  const trouble = await records.open(place, HEAD, STARTED).end(DONE, LONG_MS);

  const isForbidden = /^40/.test(words) && !words.includes('rate limit');
  expect(trouble).toEqual({ reason: `GitHub answered ${words}`, isForbidden });
  expect(states(place)).toEqual(left);
});

test.each(OPENING)('%s: no answer, and the end comes in time', async (_, route, left) => {
  const place = withTwo();
  const asked = Promise.withResolvers<void>();
  using _fault = github.fault(route, () => {
    asked.resolve();
    return new Promise(() => undefined);
  });

  const record = records.open(place, HEAD, STARTED);
  await asked.promise;
  const trouble = await record.end(DONE, 2_000);

  expect(trouble).toEqual({ reason: 'GitHub did not answer in time', isForbidden: false });
  expect(states(place)).toEqual(left);
});

test.each(OPENING)('%s: the connection is closed', async (_, route, left) => {
  const place = withTwo();
  using _fault = github.fault(route, () => Promise.reject(new Error('closed')));

  const trouble = await records.open(place, HEAD, STARTED).end(DONE, LONG_MS);

  expect(trouble).toEqual({ reason: expect.stringMatching(/^GitHub could not be asked: ./), isForbidden: false });
  expect(states(place)).toEqual(left);
});

test.each(OPENING.slice(1))('a removal that cannot %s', async (_call, route, _left) => {
  const place = withTwo();
  using _fault = github.fault(route, ANSWERS[BROKEN]);

  const trouble = await records.closeAll(place, GONE, LONG_MS);

  expect(trouble).toEqual({ reason: `GitHub answered ${BROKEN}`, isForbidden: false });
  expect(states(place)).toEqual(NOTHING);
});

test('a page of a proxy in place of an answer comes to one short line, and an answer without an id to no record', async () => {
  const [page, merged] = [newPlace(), newPlace()];
  {
    using _fault = github.fault(/^POST/, () => new Response(`<html>${'x'.repeat(9_000)}\n</html>`, { status: 502 }));
    const trouble = await records.open(page, HEAD, STARTED).end(DONE, LONG_MS);
    expect(trouble).toEqual({ reason: `GitHub answered 502: <html>${'x'.repeat(194)}`, isForbidden: false });
  }
  using _fault = github.fault(/^POST/, () => json(202, { message: 'Auto-merged' }));
  const trouble = await records.open(merged, HEAD, STARTED).end(DONE, LONG_MS);
  expect(trouble).toEqual({ reason: 'GitHub could not be asked: Auto-merged', isForbidden: false });
});

function newPlace(): RecordPlace {
  return {
    repository: 'me/repo',
    environment: `preview-${++number}0`,
    space: 'me/app',
    token: 'ghs_0123456789abcdef',
    runUrl: 'https://github.com/me/repo/actions/runs/100',
  };
}

/** One that is active, and one whose run was killed. */
function withTwo(): RecordPlace {
  const place = newPlace();
  github.deployments.add({ ...OURS, environment: place.environment }, ['success']);
  github.deployments.add({ ...OURS, environment: place.environment }, ['in_progress']);
  return place;
}

function keptIn({ environment }: RecordPlace) {
  return github.deployments.kept.filter(({ deployment }) => deployment.environment === environment);
}

function states(place: RecordPlace) {
  return keptIn(place).map(({ statuses }) => statuses.map(({ state }) => state));
}

/** What was sent to the deployments of this place. */
function bodies(place: RecordPlace): readonly unknown[] {
  const paths = keptIn(place).map(({ deployment }) => `/repos/me/repo/deployments/${deployment.id}/statuses`);
  return github.received
    .filter(({ method }) => method === 'POST')
    .map(({ path, body }) => ({ path, body: JSON.parse(body.toString()) }))
    .filter(({ path, body }) => paths.includes(path) || body.environment === place.environment)
    .map(({ body }) => body);
}
