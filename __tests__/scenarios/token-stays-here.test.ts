import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { type OtherServer, startGateway } from './support/server.ts';

const TOKEN = 'hf_me_write';
/** Keeps every header that ever reached it, and shows them all on /seen; asks for a bearer scheme of its own on /own. */
const LISTENING = `
const seen = [];
require('node:http').createServer((request, response) => {
  if (request.url === '/seen') return response.end(JSON.stringify(seen));
  seen.push([request.url, request.headers]);
  const own = request.headers.authorization;
  const status = own === undefined || own === 'Bearer of-the-app' ? 200 : 401;
  if (request.url === '/health') return response.writeHead(307, { location: '/health/' }).end();
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;

let lab: Lab;
afterEach(() => lab.close());

/** What an app's own code has seen, asked through the proxy as the owner. */
async function seenBy(id = 'me/app'): Promise<readonly [string, Record<string, string>][]> {
  const answer = await fetch(`${lab.space(id).runtime.appUrl}/seen`, {
    headers: { 'x-hf-authorization': `Bearer ${TOKEN}` },
  });
  return (await answer.json()) as [string, Record<string, string>][];
}

test('a private app never sees the token: not in its health, on its page, after new settings or for a promotion', async () => {
  lab = await openLab(dockerApp('1', LISTENING));
  const staging = { space: 'me/app-staging', environment: 'staging', visibility: 'private' };

  const runs = [
    await lab.deploy({ visibility: 'private' }),
    await lab.deploy({ visibility: 'private', variables: 'GREETING=hello' }),
    await lab.deploy({ visibility: 'private', variables: 'GREETING=hello' }),
    await lab.deploy(staging),
    await lab.deploy({ environment: 'staging', variables: 'GREETING=bye', 'promoted-from': 'me/app-staging' }),
  ];
  const seen = [...(await seenBy()), ...(await seenBy('me/app-staging'))];

  expect(runs.map(({ errors, outputs }) => [errors, outputs['result']])).toEqual([
    [[], 'deployed'],
    [[], 'deployed'],
    [[], 'unchanged'],
    [[], 'deployed'],
    [[], 'deployed'],
  ]);
  expect([...new Set(seen.map(([path]) => path))].sort()).toEqual(['/', '/health', '/health/']);
  expect(JSON.stringify(seen)).not.toContain(TOKEN);
  expect(seen.filter(([, headers]) => 'authorization' in headers || 'x-hf-authorization' in headers)).toEqual([]);
  expect(runs[0]?.log).toMatch(/health: 200, healthy at \/health\/ \(3 of 3 in a row\)/);
});

test('what proves a static Space is asked for through the proxy only, too', async () => {
  lab = await openLab(staticSite('one'));
  await lab.deploy({ visibility: 'private' });
  await using app: OtherServer = await startGateway(lab.space().runtime.appUrl, (_, forward) => forward());
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) =>
    path.endsWith('/host') ? Response.json({ host: app.url }) : forward(),
  );
  lab.workspace.commit({ 'data.txt': 'two\n' });

  const run = await lab.deploy({ 'hub-url': gateway.url, visibility: 'private' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  const asked = app.received.map(({ path, headers }) => [
    path,
    headers.get('x-hf-authorization'),
    headers.get('authorization'),
  ]);
  expect([...new Set(asked.map((each) => JSON.stringify(each)))].sort()).toEqual(
    ['/', '/data.txt', '/index.html'].map((path) => JSON.stringify([path, `Bearer ${TOKEN}`, null])),
  );
});

test('an app with credentials of its own is healthy without them, and a public one gets no token at all', async () => {
  lab = await openLab(dockerApp('1', LISTENING));
  const run = await lab.deploy({ visibility: 'public' });
  expect([run.errors, JSON.stringify(await seenBy()).includes(TOKEN)]).toEqual([[], false]);
});
