import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

/** A healthy app that counts requests for its first page, and answers them as a case says. */
const withPage = (answer: string) =>
  dockerApp(
    '1',
    scriptedServer(`(() => {
      let visits = 0;
      return (_, { url, headers, socket }) => {
        if (url === '/health') return [200, {}];
        if (url === '/visits') return [200, { visits, authorization: globalThis.seen }];
        visits++;
        globalThis.seen = headers.authorization;
        return (${answer})(url, socket);
      };
    })()`),
  );
const visits = async (headers = {}) =>
  (await fetch(`${lab.space().runtime.appUrl}/visits`, { headers })).json() as Promise<{ visits: number }>;

test('an app that forbids its frame on the Hub is deployed, with one warning', async () => {
  lab = await openLab(withPage("() => [200, 'page', { 'x-frame-options': 'SAMEORIGIN' }]"));

  const run = await lab.deploy({ visibility: 'public' });
  const unchanged = await lab.deploy();

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  const told =
    'People who open the Space see an empty frame: the Hub shows the app in a frame of https://huggingface.co, and / forbids that by "X-Frame-Options: SAMEORIGIN". Let the app answer without this header, or with Content-Security-Policy: frame-ancestors https://huggingface.co.';
  expect(run.warnings).toEqual([told]);
  expect(run.summary).toMatch(/### Worth knowing\n\n- People who open the Space see an empty frame/);
  expect([unchanged.warnings, unchanged.outputs['result']]).toEqual([[], 'unchanged']);
  expect((await visits()).visits).toBe(1);
});

test.each([
  ['the Hub may frame it', "{ 'content-security-policy': \"frame-ancestors 'self' https://huggingface.co\" }", {}],
  ['it is not to be embedded', "{ 'x-frame-options': 'DENY' }", { card: 'disable_embedding: true' }],
])('no warning where %s', async (_, headers, inputs) => {
  lab = await openLab(withPage(`() => [200, 'page', ${headers}]`));
  const run = await lab.deploy({ visibility: 'public', ...inputs });
  expect([run.errors, run.warnings, (await visits()).visits]).toEqual([[], [], 1]);
});

test('the page of a private app is asked for through the proxy, where the front matter says that it is', async () => {
  const page =
    "(url) => url === '/ui' ? [200, 'page', { 'content-security-policy': \"frame-ancestors 'none'\" }] : [404, {}]";
  lab = await openLab(withPage(page));

  const run = await lab.deploy({ visibility: 'private', card: 'base_path: /ui' });

  expect(run.warnings).toEqual([
    expect.stringMatching(/ and \/ui forbids that by "Content-Security-Policy: frame-ancestors 'none'"\./),
  ]);
  expect(await visits({ authorization: 'Bearer hf_me_write' })).toEqual({ visits: 1 });
});

test('a missing page gives a warning, a broken connection does not, and neither fails the run', async () => {
  lab = await openLab(
    withPage("(_, socket) => process.env.MODE === 'break' ? (socket.destroy(), [200, '']) : [404, {}]"),
  );

  const missing = await lab.deploy({ visibility: 'public' });
  const breaking = await lab.deploy({ variables: 'MODE=break' });

  expect([missing.errors, missing.warnings]).toEqual([
    [],
    [
      'People who open the Space see an error: / answers 404. If the app has its page elsewhere, set `base_path` to that path in the front matter or in `card`.',
    ],
  ]);
  expect([breaking.errors, breaking.outputs['result']]).toEqual([[], 'deployed']);
});

test('a wrong health path: the error names the path that answers', async () => {
  const server = scriptedServer("(_, { url }) => url === '/healthz' || url === '/' ? [200, {}] : [404, 'Not Found']");
  lab = await openLab(dockerApp('1', server));

  const run = await lab.deploy({ timeout: '5s', 'health-path': '/health' });

  expect(run.errors[0]?.split('\n')).toEqual([
    'The new version runs, and is not healthy: /health answers 404.',
    `Where: ${lab.space().runtime.appUrl}/health`,
    'Cause: The app is healthy on /healthz, and not on /health.',
    'Fix: Set `health-path: /healthz`, or let the app answer on /health.',
  ]);
});

test("a start that comes near the Hub's limit gives a warning", async () => {
  lab = await openLab(dockerApp('1'), { pace: { startMs: 6_000 } });

  const run = await lab.deploy({ card: 'startup_duration_timeout: 4s' });

  expect(run.errors).toEqual([]);
  expect(run.warnings).toEqual([
    expect.stringMatching(
      /^The app took \d+(?:\.\d)?s to start, and the Hub ends a start after 4s\..* raise `startup_duration_timeout` in the front matter or in `card`: it is 4s now\.$/,
    ),
  ]);
});

test('a start that the Hub ended names the key that gives it more time', async () => {
  lab = await openLab(dockerApp('1', 'setInterval(() => {}, 1000)'), { pace: { startTimeoutMs: 1_500 } });

  const run = await lab.deploy();

  expect(run.errors[0]).toMatch(
    / If it only takes longer to start, raise `startup_duration_timeout` in the front matter or in `card`: it is not given, which means 30m\.$/,
  );
});
