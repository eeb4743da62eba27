import type { Hub } from '../../emulator/api.ts';
import { createHub } from '../../emulator/create-hub.ts';

export const TOKEN = 'hf_me_write';

/** A local Hub whose static Spaces are served as soon as they are committed, and hold more than the Hub's 1 GB. */
export function startHub(): Promise<Hub> {
  return createHub({ pace: { buildMs: 0, startMs: 0 }, lfs: { repositoryBytes: 10 * 2 ** 30 } });
}

export function createSpace(hub: Hub, space: string): Promise<void> {
  return call(hub, 'POST', '/api/repos/create', { type: 'space', ...named(space), sdk: 'static' });
}

export function deleteSpace(hub: Hub, space: string): Promise<void> {
  return call(hub, 'DELETE', '/api/repos/delete', { type: 'space', ...named(space) });
}

function named(space: string) {
  const [organization, name] = space.split('/');
  return { organization, name };
}

async function call(hub: Hub, method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const answer = await fetch(hub.url + path, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
}
