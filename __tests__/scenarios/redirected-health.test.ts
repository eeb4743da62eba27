import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, scriptedServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { startGateway } from './support/server.ts';
import { createAuthority } from './support/tls.ts';

let lab: Lab;
afterEach(() => lab.close());

/** An app whose paths redirect as given; every other path is healthy. */
const redirecting = (locations: Readonly<Record<string, string>>) =>
  dockerApp(
    '1',
    scriptedServer(
      `(_, { url }) => { const to = ${JSON.stringify(locations)}[url]; return to ? [302, '', { location: to }] : [200, {}]; }`,
    ),
  );

test.each([
  ['a login page', '/health', '/login', 'redirects to /login, which says nothing about this path'],
  ['a page below it', '/docs', '/docs/ui', 'redirects to /docs/ui, which says nothing about this path'],
  ['another host', '/', 'http://127.0.0.2:1/', 'redirects to another host, http://127.0.0.2:1'],
])('health that redirects to %s is not health', async (_, path, to, message) => {
  lab = await openLab(redirecting({ [path]: to }));

  const run = await lab.deploy({ 'health-path': path, timeout: '10s' });

  expect(run.exitCode).toBe(1);
  expect(run.errors[0]?.split('\n')[0]).toBe(`The new version runs, and is not healthy: ${path} ${message}.`);
});

test.each([
  ['/health', '/health/', 'healthy at /health/'],
  ['/health/', '/health', 'healthy at /health'],
  ['/', '/login', 'healthy at /login'],
])('%s may redirect to %s, and the log says where it was healthy', async (path, to, message) => {
  lab = await openLab(redirecting({ [path]: to }));

  const run = await lab.deploy({ 'health-path': path });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.log).toContain(`health: 200, ${message} (3 of 3 in a row)`);
});

test('an app behind TLS that redirects to http is asked on https, and the person hears how to fix it', async () => {
  lab = await openLab(dockerApp('1'));
  await using app = await startTlsApp();
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) =>
    path.endsWith('/host') ? Response.json({ host: app.url }) : forward(),
  );

  const run = await lab.deploy(
    { 'hub-url': gateway.url, visibility: 'private' },
    { env: { NODE_EXTRA_CA_CERTS: app.certificate } },
  );

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.warnings).toEqual([
    expect.stringMatching(/^The app redirects to http although it is asked on https: .*--proxy-headers/),
  ]);
  expect([...new Set(app.asked)]).toEqual([
    '/health Bearer hf_me_write',
    '/health/ Bearer hf_me_write',
    '/ Bearer hf_me_write',
  ]);
});

/** An app on https that redirects to itself with a slash, on http. */
async function startTlsApp() {
  const authority = await createAuthority();
  const asked: string[] = [];
  const server: Server = createServer(await authority.issue({ host: 'localhost' }), (request, response) => {
    asked.push(`${request.url} ${request.headers['x-hf-authorization']}`);
    if (request.url === '/health') response.writeHead(307, { location: `http://${request.headers.host}/health/` });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    certificate: authority.path,
    asked,
    async [Symbol.asyncDispose]() {
      authority[Symbol.dispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
