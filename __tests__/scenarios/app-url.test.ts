import { afterAll, expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { startGateway } from './support/server.ts';
import { createAuthority, startTlsHub } from './support/tls.ts';

const authority = await createAuthority();
afterAll(() => authority[Symbol.dispose]());

/** Adds custom domains to what the local Hub says of a runtime. */
function withDomains(lab: Lab, ...domains: readonly { readonly domain: string; readonly stage: string }[]) {
  return startGateway(lab.hub.url, async ({ path, method }, forward) => {
    const answer = await forward();
    if (method !== 'GET' || !path.endsWith('/runtime')) return answer;
    const runtime = (await answer.json()) as { readonly domains?: readonly object[] };
    const custom = domains.map((domain) => ({ ...domain, isCustom: true }));
    return Response.json({ ...runtime, domains: [...(runtime.domains ?? []), ...custom] });
  });
}

test.concurrent.each([
  ['public', 'READY', true],
  ['private', 'READY', false],
  ['public', 'MISCONFIGURED', false],
])(
  'a %s Space with a custom domain that is %s: whether it is proven and shown: %s',
  async (visibility, stage, isUsed) => {
    await using lab = await openLab(dockerApp('1'));
    await lab.deploy({ visibility });
    const { appUrl } = lab.space().runtime;
    await using domain = await startTlsHub(appUrl, await authority.issue({ host: 'localhost' }));
    await using gateway = await withDomains(lab, { domain: `localhost:${domain.port}`, stage });
    lab.workspace.commit(dockerApp('2'));

    const run = await lab.deploy(
      { visibility, 'hub-url': gateway.url, 'health-expect': 'version=2' },
      { env: { NODE_EXTRA_CA_CERTS: authority.path } },
    );

    const shown = isUsed ? `https://localhost:${domain.port}` : appUrl;
    expect([run.errors, run.outputs['app-url'], domain.connections > 0]).toEqual([[], shown, isUsed]);
    expect(run.warnings).toEqual(
      stage === 'READY'
        ? []
        : [
            `The custom domain localhost:${domain.port} does not lead to the app: its DNS records do not point to the Hub. Correct them as the settings of the Space say.`,
          ],
    );
  },
);

test.concurrent('where /host does not answer, the Space says where its app is', async () => {
  await using lab = await openLab(staticSite('one'), { readings: { U11: 'b' } });

  const run = await lab.deploy();

  expect([run.errors, run.outputs['app-url']]).toEqual([[], lab.space().runtime.appUrl]);
});

test.concurrent('where the Hub says it nowhere, it fails before anything is written', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy();
  lab.workspace.commit(staticSite('two'));
  await using gateway = await startGateway(lab.hub.url, async ({ path, method }, forward) => {
    const answer = await forward();
    if (method !== 'GET' || !/^\/api\/spaces\/me\/app(\/host)?(\?|$)/.test(path)) return answer;
    const { host: _, subdomain: __, ...rest } = (await answer.json()) as Readonly<Record<string, unknown>>;
    return Response.json(rest);
  });

  const run = await lab.deploy({ 'hub-url': gateway.url, variables: 'GREETING=hello' });

  expect([run.errors, writes(run.requests)]).toEqual([
    [
      [
        'The Hub does not say where the app of me/app answers.',
        'Where: Space me/app',
        'Cause: It gives the Space neither a host nor a subdomain, so nothing could be proven after a deployment.',
        'Fix: Run it again; if that does not help, see whether the page of the Space shows the app, and report it to the Hub.',
      ].join('\n'),
    ],
    [],
  ]);
});
