import { expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { openLab } from './support/lab.ts';

/** An app that is healthy on some paths and answers a status on all others. */
const healthyOn = (paths: readonly string[], status: number) =>
  dockerApp(
    '1',
    scriptedServer(
      `(_, { url }) => ${JSON.stringify(paths)}.includes(url) ? [200, { status: 'ok' }] : [${status}, '']`,
    ),
  );

test.concurrent.each([
  [['/healthz', '/'], '/healthz'],
  [['/'], '/'],
])(
  'without `health-path`, an app that is healthy on %j only is asked on %s, and the person hears of it',
  async (paths, path) => {
    await using lab = await openLab(healthyOn(paths, 404));

    const run = await lab.deploy({ 'health-expect': 'status=ok' });

    expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
    expect(run.warnings).toContain(
      `The app has nothing on /health, so it is asked for its health on ${path}. Set \`health-path: ${path}\` to say so, or a path that tells more.`,
    );
  },
);

test.concurrent('such a version may be promoted', async () => {
  await using lab = await openLab(healthyOn(['/'], 404));
  await lab.deploy({ space: 'me/app-staging' });

  const run = await lab.deploy({ environment: 'production', 'promoted-from': 'me/app-staging' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
});

test.concurrent('a path that was given is not exchanged for another', async () => {
  await using lab = await openLab(healthyOn(['/'], 404));

  const run = await lab.deploy({ 'health-path': '/status', timeout: '12s' });

  expect(run.errors[0]).toMatch(
    /^The new version runs, and is not healthy: \/status answers 404\.[\s\S]*Fix: Set `health-path: \/`, or let the app answer on \/status\.$/,
  );
});

test.concurrent.each([401, 403])('an app that asks for credentials (%d) is told apart', async (status) => {
  await using lab = await openLab(healthyOn([], status));

  const run = await lab.deploy({ timeout: '10s' });

  expect(run.errors[0]?.split('\n')).toEqual([
    `The new version runs, and is not healthy: /health answers ${status}.`,
    expect.stringMatching(/^Where: http/),
    'Cause: The app asks for credentials on this path, and Spaceport has none for it.',
    'Fix: Let the app answer on this path without credentials, or set `health-path` to a path that needs none.',
  ]);
});

test.concurrent('a private app that a keyless job may not see (U7a) is proven by the word of the Hub alone, which is said', async () => {
  const publisher = { space: 'me/app', repository: 'me/repo', branch: 'main', workflow: 'deploy.yml' };
  await using lab = await openLab(dockerApp('1'), {
    seed: { publishers: [publisher] },
    readings: { U6: 'b', U7: 'a' },
  });
  await lab.deploy({ visibility: 'private' });
  lab.workspace.commit(dockerApp('2'));
  const identity = lab.hub.idTokens({
    repository: 'me/repo',
    ref: 'refs/heads/main',
    workflow_ref: 'me/repo/.github/workflows/deploy.yml@refs/heads/main',
  });

  const run = await lab.deploy({}, { env: { HF_TOKEN: '', ...identity } });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.warnings).toEqual([
    `The Hub does not let the token of this job see the private app, so its health was not checked. The Hub says that commit ${run.outputs['commit']?.slice(0, 7)} runs. Deploy with an access token to have the health checked, too.`,
  ]);
});
