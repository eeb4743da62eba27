import { afterAll, expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { startServer } from './support/server.ts';
import { createAuthority, startConnectProxy, startTlsHub } from './support/tls.ts';

const says = (...lines: readonly string[]) => lines.join('\n');
const authority = await createAuthority();
afterAll(() => authority[Symbol.dispose]());

const GIVE_CA =
  'If a proxy or firewall of your network makes these certificates, save the certificate of its authority (CA) as a PEM file on the runner, and give this step `env: NODE_EXTRA_CA_CERTS: <path of that file>`, or set it for the runner as a whole.';
const PUBLIC = { visibility: 'public' };

test.concurrent.each([
  {
    what: 'is signed by an authority that the runner does not know',
    issued: { host: 'localhost' },
    env: {},
    reason: 'has a certificate that this runner does not trust (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    cause: 'A proxy or firewall of your network has put a certificate of its own in the place of the real one.',
    fix: GIVE_CA,
  },
  {
    what: 'has expired',
    issued: { host: 'localhost', days: -1 },
    env: { NODE_EXTRA_CA_CERTS: authority.path },
    reason: 'has a certificate that is not valid today (CERT_HAS_EXPIRED)',
    cause: 'The certificate has expired, or the clock of this runner is wrong.',
    fix: `Check the clock of the runner; if it is right, the certificate has to be renewed. ${GIVE_CA}`,
  },
  {
    what: 'is for another host',
    issued: { host: 'elsewhere.example' },
    env: { NODE_EXTRA_CA_CERTS: authority.path },
    reason: 'has a certificate for another host (ERR_TLS_CERT_ALTNAME_INVALID)',
    cause:
      'Something else answers in its place: a proxy or a sign-in page of your network, or `hub-url` names the wrong host.',
    fix: `Check \`hub-url\` and the proxy settings of the runner. ${GIVE_CA}`,
  },
])('a certificate that $what is reported at once, and nothing is sent', async ({ issued, env, reason, cause, fix }) => {
  await using lab = await openLab(staticSite('one'));
  await using tls = await startTlsHub(lab.hub.url, await authority.issue(issued));

  const run = await lab.deploy({ 'hub-url': `https://localhost:${tls.port}` }, { env });

  expect([run.errors, run.exitCode, tls.connections, run.requests]).toEqual([
    [
      says(
        `The Hub could not be asked to read the Space me/app: localhost:${tls.port} ${reason}.`,
        'Where: GET /api/spaces/me/app',
        `Cause: ${cause}`,
        `Fix: ${fix}`,
      ),
    ],
    1,
    // One for each question of the first look.
    7,
    [],
  ]);
  expect(run.log).not.toMatch(/again in/);
});

test.concurrent('a port without TLS is reported at once', async () => {
  await using lab = await openLab(staticSite('one'));
  await using plain = await startServer(() => new Response('hello'));
  const { port } = new URL(plain.url);

  const run = await lab.deploy({ 'hub-url': `https://localhost:${port}` });

  expect(run.errors.map((text) => text.replace(/\(ERR_SSL_\w+\)/, '(…)'))).toEqual([
    says(
      `The Hub could not be asked to read the Space me/app: localhost:${port} does not speak https (…).`,
      'Where: GET /api/spaces/me/app',
      'Cause: The port is one for plain http, or a proxy of your network answers in its place.',
      'Fix: Check `hub-url` and the proxy settings of the runner (`https_proxy`, `no_proxy`).',
    ),
  ]);
  expect(run.log).not.toMatch(/again in/);
});

test.concurrent('with the authority in NODE_EXTRA_CA_CERTS it is deployed', async () => {
  await using lab = await openLab(staticSite('one'));
  await using tls = await startTlsHub(lab.hub.url, await authority.issue({ host: 'localhost' }));
  const env = { NODE_EXTRA_CA_CERTS: authority.path };

  const run = await lab.deploy({ ...PUBLIC, 'hub-url': `https://localhost:${tls.port}` }, { env });

  const page = String(await lab.space().read('data.txt'));
  expect([run.errors, run.outputs['result'], page]).toEqual([[], 'deployed', 'one\n']);
});

test.concurrent('a proxy that opens the connections to every host: refused without its authority, deployed with it', async () => {
  await using lab = await openLab(staticSite('one'));
  await using tls = await startTlsHub(lab.hub.url, await authority.issue({ host: 'hub.example' }));
  await using proxy = await startConnectProxy(tls.port);
  const inputs = { ...PUBLIC, 'hub-url': 'https://hub.example' };
  const env = { https_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: '127.0.0.1' };

  const without = await lab.deploy(inputs, { env });
  const withIt = await lab.deploy(inputs, { env: { ...env, NODE_EXTRA_CA_CERTS: authority.path } });

  expect(without.errors.map((text) => text.split('\n')[0])).toEqual([
    'The Hub could not be asked to read the Space me/app: hub.example has a certificate that this runner does not trust (UNABLE_TO_VERIFY_LEAF_SIGNATURE).',
  ]);
  expect([without.requests, withIt.errors, withIt.outputs['result']]).toEqual([[], [], 'deployed']);
});

test.concurrent('a proxy that wants credentials is reported at once', async () => {
  await using lab = await openLab(staticSite('one'));
  await using proxy = await startConnectProxy(1, 407);
  const env = { https_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: '127.0.0.1' };

  const run = await lab.deploy({ 'hub-url': 'https://hub.example' }, { env });

  expect([run.errors, proxy.connections]).toEqual([
    [
      says(
        'The Hub could not be asked to read the Space me/app: hub.example is behind a proxy that refuses this runner (407).',
        'Where: GET /api/spaces/me/app',
        'Cause: The proxy that `https_proxy` names asks for credentials, or forbids this host.',
        'Fix: Put user and password into `https_proxy` (as a secret), or ask those who run the proxy to allow the hosts of the Hub.',
      ),
    ],
    // One for each question of the first look.
    7,
  ]);
});
