import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub, HubOptions } from './api.ts';
import { keepGitLauncher } from './git/run-git.ts';
import { idTokenPath } from './server/routes/id-token.ts';
import { hubServer } from './server/server.ts';
import { createWorld, resetWorld } from './server/world/create-world.ts';
import { lookBehind } from './server/world/inspect-space.ts';

/** Starts a local Hub on loopback; throws when the port is taken. */
export async function createHub(options: HubOptions = {}): Promise<Hub> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'local-hub-')));
  const releaseLauncher = keepGitLauncher();
  const tidyUp = async () => {
    await releaseLauncher();
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  const { world, server, open } = await listening(options, dataDir).catch(async (error: unknown) => {
    await tidyUp();
    throw error;
  });
  world.url = urlOf(server.server.address());
  await world.buckets.load();
  await world.spaces.load();
  open();

  return {
    url: world.url,
    engine: world.runtime.engine,
    requests: world.recorder.requests,
    reset: () => resetWorld(world),
    async close() {
      // The server first: otherwise a client could be told that a Space is missing which still exists.
      await server.close();
      await world.spaces.close();
      await world.runtime.close();
      await tidyUp();
    },
    fault: (fault) => world.faults.set(fault),
    space(id) {
      const space = world.spaces.find(id);
      return space && lookBehind(space);
    },
    idTokens: (claims) => ({
      // GitHub's address already has a query; clients add `&audience=` to it.
      ACTIONS_ID_TOKEN_REQUEST_URL: `${world.url}${idTokenPath}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: world.identityProvider.admit(claims),
    }),
  };
}

async function listening(options: HubOptions, dataDir: string) {
  const world = await createWorld(options, dataDir);
  const server = hubServer(world);
  // Apps need the Hub's address, which is known only once it listens. Requests wait until the Spaces are loaded.
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  server.addHook('onRequest', () => opened);
  await server.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch(async (error: unknown) => {
    await world.runtime.close();
    throw error;
  });
  return { world, server, open };
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('The local Hub has no TCP address');
  return `http://127.0.0.1:${address.port}`;
}
