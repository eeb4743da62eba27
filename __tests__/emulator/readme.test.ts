// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { startApiHub } from './server/api-hub.ts';

test('the table in the README names the routes that there are', async () => {
  const { hub } = await startApiHub();
  const routes = knownRoutes(() => hub.fault({ route: 'none', then: { delayMs: 0 } }));
  await hub.close();
  const readme = await readFile(new URL('../../emulator/README.md', import.meta.url), 'utf8');
  const documented = [...readme.matchAll(/^\| `([A-Z]+ \/\S*)` \|/gm)].map(([, route]) => route);
  expect(documented.sort()).toEqual(routes.sort());
});

/** An unknown route is refused with a list of all. */
function knownRoutes(refused: () => void): string[] {
  try {
    refused();
  } catch (error) {
    return String(error).split('\n').slice(1);
  }
  return [];
}
