// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { expect, test } from '@jest/globals';
import type { Hub } from '../../emulator/api.ts';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { callHub, commitByHand, until } from './support/other-client.ts';
import { startGateway } from './support/server.ts';

const says = (...lines: readonly string[]) => lines.join('\n');
const COMMIT = 'POST /api/spaces/:owner/:name/commit/:rev';
const CREATE = 'POST /api/repos/create';
const withoutRequestId = (text: string) => text.replace(/, request Root=[\w-]+$/m, '');
/** Retries in the log, without the time that stands before a line outside of any phase. */
const retries = (log: string) =>
  log.split('\n').flatMap((line) => (line.includes('; again in ') ? [line.replace(/^ *\d[\dhms. ]*? {2}/, '')] : []));
const withoutWait = (line: string) => line.replace(/[\d.]+m?s\.$/, '….');

/** How often the action asked something of the Hub that matches. */
const asked = (requests: readonly string[], pattern: RegExp) => requests.filter((one) => pattern.test(one)).length;

/** What became of the Space: who made its commits, and what it holds. */
async function outcome(lab: Lab) {
  const titles = (await lab.space().commits()).map(({ title }) => title.replace(/[0-9a-f]{7}/, '…')).reverse();
  return { commits: titles.slice(1), data: String(await lab.space().read('data.txt')) };
}
const ONE_COMMIT = { commits: ['Deploy … to staging'], data: 'one\n' };

test.concurrent('402: the plan of the owner does not allow it, and nothing is created', async () => {
  await using lab = await openLab(dockerApp('1'));

  const run = await lab.deploy({ space: 'free/app', token: 'hf_free_write' });

  const made = lab.hub.space('free/app');
  expect([run.errors.map(withoutRequestId), run.exitCode, made]).toEqual([
    [
      says(
        'The Hub refused to create the Space free/app: Static Spaces are free for everyone, but hosting Gradio and Docker Spaces on free cpu-basic requires a PRO subscription. Subscribe at https://huggingface.co/pro',
        'Where: POST /api/repos/create answered 402',
        'Cause: A new Docker or Gradio Space on free hardware needs a paid plan of its owner: PRO for a person, Team or Enterprise for an organization. Static Spaces are free.',
        'Fix: There are three ways: get the plan (https://huggingface.co/pro for a person, https://huggingface.co/enterprise for an organization); or choose paid hardware, which needs a payment method and no plan (`hardware: cpu-upgrade`, from $0.03 an hour); or, for a Gradio app of a person, `hardware: zero-a10g` (ZeroGPU: up to two Spaces are free for an account that is older than 30 days and has a verified e-mail address).',
      ),
    ],
    1,
    undefined,
  ]);
  expect(writes(run.requests)).toEqual(['POST /api/repos/create']);
});

test.concurrent('409: somebody else makes the Space at the same moment, and we carry on in it', async () => {
  await using lab = await openLab(staticSite('one'));
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) => {
    const theirs = { type: 'space', organization: 'me', name: 'app', sdk: 'static', visibility: 'private' };
    if (path === '/api/repos/create') await callHub(lab.hub, path, theirs);
    return forward();
  });

  const run = await lab.deploy({ 'hub-url': gateway.url, variables: 'GREETING=hello' });

  const found = { ...(await outcome(lab)), greeting: lab.space().variables['GREETING']?.value };
  expect([run.errors, found]).toEqual([[], { ...ONE_COMMIT, greeting: 'hello' }]);
  expect(run.outputs).toMatchObject({ result: 'deployed', created: 'false', changed: 'true' });
});

test.concurrent('409 again and again: the Space is there, and hidden from this token', async () => {
  await using lab = await openLab(staticSite('one'));
  lab.hub.fault({
    route: CREATE,
    on: 'every',
    then: { status: 409, body: { error: 'You already created this space repo' } },
  });

  const run = await lab.deploy();

  expect([run.errors.map(withoutRequestId), run.exitCode]).toEqual([
    [
      says(
        'There is a Space me/app already, and this token cannot see it: You already created this space repo',
        'Where: Space me/app; POST /api/repos/create answered 409',
        'Cause: It is private, and the token belongs to another account or is for other repositories.',
        'Fix: Use a token with access to this Space, or deploy to another name.',
      ),
    ],
    1,
  ]);
  expect(asked(run.requests, /repos\/create/)).toBe(4);
});

test.concurrent('412: somebody commits between our look and our commit, and we look again', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy();
  lab.workspace.commit(staticSite('two'));
  let moved = false;
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) => {
    if (path.endsWith('/commit/main') && !moved) {
      moved = true;
      await commitByHand(lab.hub, 'by-hand.txt', 'not of the repository');
    }
    return forward();
  });

  const run = await lab.deploy({ 'hub-url': gateway.url });

  const found = { ...(await outcome(lab)), files: Object.keys(await lab.space().files()) };
  expect([run.errors, found]).toEqual([
    [],
    {
      commits: ['Deploy … to staging', 'By hand', 'Deploy … to staging'],
      data: 'two\n',
      files: expect.not.arrayContaining(['by-hand.txt']),
    },
  ]);
  expect(run.log).toMatch(/^Somebody else committed in the meantime; looking again\.$/m);
});

test.concurrent('412 again and again: three more looks, and then it says what is going on', async () => {
  await using lab = await openLab(staticSite('one'));
  lab.hub.fault({ route: COMMIT, on: 'every', then: { status: 412, body: { error: 'The branch was updated' } } });

  const run = await lab.deploy();

  const commits = await lab.space().commits();
  expect([run.errors.map(withoutRequestId), run.exitCode, commits.length]).toEqual([
    [
      says(
        'The Space changed 4 times between looking at it and committing: The branch was updated',
        'Where: Space me/app; POST /api/spaces/me/app/commit/main answered 412',
        'Cause: Something else deploys to it at the same time, or its answers get lost.',
        'Fix: Let only one workflow deploy to a Space, with a `concurrency` group; then run it again.',
      ),
    ],
    1,
    1,
  ]);
  expect(asked(run.requests, /commit\/main$/)).toBe(4);
});

test.concurrent.each<[string, Parameters<Hub['fault']>[0]['then'], number]>([
  ['is refused once', { status: 412, body: { error: 'The branch was updated' } }, 2],
  ['never arrives', { reset: 'before' }, 2],
  ['is made, and the answer is lost', { reset: 'after' }, 1],
  ['is made, and the answer breaks off', { truncate: true }, 1],
  ['meets a server that is away', { status: 503 }, 2],
  ['meets a page instead of the API', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 2],
])('the commit %s: the Space has it once', async (_what, then, sent) => {
  await using lab = await openLab(staticSite('one'));
  lab.hub.fault({ route: COMMIT, then });

  const run = await lab.deploy();

  const [found, head] = [await outcome(lab), await lab.space().head()];
  expect([run.errors, found]).toEqual([[], ONE_COMMIT]);
  expect(run.outputs).toMatchObject({ result: 'deployed', changed: 'true', created: 'true', commit: head });
  expect(asked(run.requests, /commit\/main$/)).toBe(sent);
});

test.concurrent('the commit is made, and a gateway says 504: it is not made again', async () => {
  await using lab = await openLab(staticSite('one'));
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) => {
    const answer = await forward();
    return path.endsWith('/commit/main') ? new Response('<html>Gateway Timeout</html>', { status: 504 }) : answer;
  });

  const run = await lab.deploy({ 'hub-url': gateway.url });

  const found = await outcome(lab);
  expect([run.errors, run.outputs['result'], found]).toEqual([[], 'deployed', ONE_COMMIT]);
});

test.concurrent.each([
  ['the window is used up and ends now', { ratelimit: '"api";r=0;t=0' }, '1s.'],
  ['the server names the wait', { 'retry-after': '2', ratelimit: '"api";r=7;t=200' }, '2s.'],
])('429, and %s: it waits that long', async (_what, headers, wait) => {
  await using lab = await openLab(staticSite('one'));
  lab.hub.fault({ route: 'GET /api/spaces/:owner/:name', then: { status: 429, headers } });

  const run = await lab.deploy();

  expect([run.errors, run.outputs['result'], retries(run.log)]).toEqual([
    [],
    'deployed',
    [`The Hub answered 429 when asked to read the Space me/app; again in ${wait}`],
  ]);
});

test.concurrent('429 for commits of this hour: it fails at once and says how long to wait', async () => {
  await using lab = await openLab(staticSite('one'));
  const error =
    'You have exceeded the rate limit for repository commits (128 per hour). You can retry this action in about 1 hour.';
  lab.hub.fault({ route: COMMIT, on: 'every', then: { status: 429, body: { error } } });

  const run = await lab.deploy();

  expect([run.errors.map(withoutRequestId), run.exitCode, asked(run.requests, /commit\/main$/)]).toEqual([
    [
      says(
        `The Hub refused to make a commit in me/app: ${error}`,
        'Where: POST /api/spaces/me/app/commit/main answered 429',
        'Cause: The limit on repository commits (128 per hour) counts for the whole account, over all of its Spaces and workflows.',
        'Fix: Wait 1 hour, then run it again; what is done already is recognised.',
      ),
    ],
    1,
    1,
  ]);
});

test.concurrent('every read may fail for a moment, and so may the calls that prepare a write', async () => {
  await using lab = await openLab(staticSite('one'));
  const routes = [
    'GET /api/spaces/:owner/:name',
    'POST /api/validate-yaml',
    CREATE,
    'GET /api/spaces/:owner/:name/variables',
    'GET /api/spaces/:owner/:name/secrets',
    'GET /api/spaces/:owner/:name/commits/:rev',
    'GET /api/spaces/:owner/:name/host',
    'GET /api/spaces/:owner/:name/revision/:rev',
    'POST /api/spaces/:owner/:name/preupload/:rev',
    'GET /api/spaces/:owner/:name/runtime',
  ];
  for (const [index, route] of routes.entries()) {
    lab.hub.fault({
      route,
      then: [{ status: 503 }, { status: 502, body: '<html>' }, { reset: 'before' } as const][index % 3] ?? {
        status: 500,
      },
    });
  }

  const run = await lab.deploy();
  const found = await outcome(lab);
  lab.workspace.commit(staticSite('two'));
  // Only a Space that was there before is asked for the files of a commit.
  const next = await lab.deploy();

  expect([run.errors, run.outputs['result'], found]).toEqual([[], 'deployed', ONE_COMMIT]);
  expect([next.errors, next.outputs['result']]).toEqual([[], 'deployed']);
  expect(
    retries(run.log + next.log)
      .map(withoutWait)
      .sort(),
  ).toEqual([
    'The Hub answered 502 when asked to check the README; again in ….',
    'The Hub answered 502 when asked to list the files of me/app; again in ….',
    'The Hub answered 502 when asked to list the secrets of me/app; again in ….',
    'The Hub answered 503 when asked to list the variables of me/app; again in ….',
    'The Hub answered 503 when asked to read the Space me/app; again in ….',
    'The Hub answered 503 when asked to say what runs in me/app; again in ….',
    'The Hub answered 503 when asked to say where me/app answers; again in ….',
    'The Hub broke the connection (UND_ERR_SOCKET) when asked to create the Space me/app; again in ….',
    expect.stringMatching(/^The Hub broke the connection \(UND_ERR_SOCKET\) when asked to read .*commit.* of me\/app;/),
    'The Hub broke the connection (UND_ERR_SOCKET) when asked to say how the files of me/app are to be sent; again in ….',
  ]);
});

test.concurrent('an answer that is not JSON is requested again', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy();
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Be right back' };
  for (const name of ['variables', 'host', 'runtime'])
    lab.hub.fault({ route: `GET /api/spaces/:owner/:name/${name}`, then: page });

  const run = await lab.deploy();

  expect([run.errors, run.outputs['result']]).toEqual([[], 'unchanged']);
  expect(retries(run.log).map(withoutWait)).toEqual([
    'The Hub answered 200 with an HTML page when asked to list the variables of me/app; again in ….',
    'The Hub answered 200 with an HTML page when asked to say where me/app answers; again in ….',
    'The Hub answered 200 with an HTML page when asked to say what runs in me/app; again in ….',
  ]);
});

test.concurrent('no Hub is there: the message names it', async () => {
  await using lab = await openLab(staticSite('one'));
  const { url } = lab.hub;
  await lab.hub.close();

  const run = await lab.deploy();

  expect([run.errors, run.exitCode]).toEqual([
    [
      says(
        'The Hub could not be asked to read the Space me/app: it could not be reached (ECONNREFUSED), 6 times.',
        'Where: GET /api/spaces/me/app',
        `Cause: The Hub of \`hub-url\`, ${url}, is not running, or it is another one that was meant.`,
        'Fix: Start it, or correct `hub-url`, then run it again; nothing is done twice.',
      ),
    ],
    1,
  ]);
  expect(run.summary).toMatch(/^## ❌ The Hub could not be reached/);
});

test.concurrent('an unknown stage is waited for, and shown as the Hub spells it', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit(dockerApp('2'));
  lab.space().runtime.pretend({ stage: 'DEFRAGMENTING' });
  const polls = () => lab.hub.requests.filter(({ path }) => path.endsWith('/runtime')).length;
  const before = polls();
  const deployed = lab.deploy({ 'health-expect': 'version=2' });
  await until(() => polls() > before + 2);
  lab.space().runtime.pretend(undefined);

  const run = await deployed;

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.log).toMatch(/ {2}DEFRAGMENTING: a stage that is not known here; waiting/);
});

test.concurrent.each([
  ['paused', 'it is paused, and only a restart ends that', 1, (lab: Lab) => lab.space().runtime.pause()],
  ['asleep', 'it sleeps', 0, (lab: Lab) => lab.space().runtime.sleep()],
] as const)(
  'a Space that is %s is restarted, with nothing to deploy and with something',
  async (_how, why, restarts, stop) => {
    await using lab = await openLab(dockerApp('1'));
    await lab.deploy();
    stop(lab);
    const same = await lab.deploy();
    stop(lab);
    lab.workspace.commit(dockerApp('2'));

    const other = await lab.deploy({ 'health-expect': 'version=2' });

    expect([same.errors, other.errors, same.outputs['stage'], other.outputs['stage']]).toEqual([
      [],
      [],
      'RUNNING',
      'RUNNING',
    ]);
    expect([same.outputs['changed'], writes(same.requests)]).toEqual(['false', ['POST /api/spaces/me/app/restart']]);
    expect(same.log).toContain(`restart it (${why})`);
    expect(asked(other.requests, /restart$/)).toBe(restarts);
  },
);

test.concurrent('trouble of the machines is worth one factory restart, and no more', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit(dockerApp('2'));
  const broken = { stage: 'BUILD_ERROR', errorMessage: 'Job failed with exit code: 128. Reason: error' };
  const restarts = () => lab.hub.requests.filter(({ path }) => path.endsWith('/restart?factory=true')).length;
  const deployed = lab.deploy({ 'health-expect': 'version=2' });
  await until(() => lab.hub.requests.filter(({ path }) => path.endsWith('/commit/main')).length === 2);
  lab.space().runtime.pretend(broken);
  await until(() => restarts() === 1);
  lab.space().runtime.pretend(undefined);
  const restarted = await deployed;
  lab.workspace.commit(dockerApp('3'));
  const again = lab.deploy({ 'on-failure': 'keep' });
  await until(() => lab.hub.requests.filter(({ path }) => path.endsWith('/commit/main')).length === 3);
  lab.space().runtime.pretend(broken);

  const failed = await again;

  expect([restarted.errors, restarted.outputs['result']]).toEqual([[], 'deployed']);
  expect(restarted.log).toContain(`restarted: ${broken.errorMessage}, which is often a failure of the Hub itself`);
  expect([failed.errors, restarts()]).toEqual([
    [
      says(
        `BUILD_ERROR: the build failed: ${broken.errorMessage}`,
        `Where: Space me/app, commit ${failed.outputs['commit']?.slice(0, 7)}`,
        'Cause: The Hub could not run the build; often a failure of its own, sometimes a broken repository.',
        'Fix: Run it again; if it stays, use Factory rebuild in the settings of the Space.',
      ),
    ],
    2,
  ]);
});
