import type { Hub } from '../../../emulator/api.ts';

const HEADERS = { authorization: 'Bearer hf_me_write' };

/** Commits one file to a Space without Spaceport. */
export async function commitByHand(hub: Hub, path: string, content: string, id = 'me/app'): Promise<void> {
  await sendFile(hub, `/api/spaces/${id}/commit/main`, path, content);
}

/** Proposes one file to `me/app`, in a pull request that nobody has merged yet. */
export async function proposeByHand(hub: Hub, path: string, content: string): Promise<void> {
  await sendFile(hub, '/api/spaces/me/app/commit/main?create_pr=1', path, content);
}

async function sendFile(hub: Hub, to: string, path: string, content: string): Promise<void> {
  const lines = [
    { key: 'header', value: { summary: 'By hand' } },
    { key: 'file', value: { path, content } },
  ];
  await asked(hub, to, {
    headers: { ...HEADERS, 'content-type': 'application/x-ndjson' },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
}

/** Sends a JSON body as the owner of `me/app`. */
export async function callHub(hub: Hub, path: string, body: object = {}): Promise<void> {
  await asked(hub, path, { headers: { ...HEADERS, 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function asked(hub: Hub, path: string, init: RequestInit): Promise<void> {
  const answer = await fetch(hub.url + path, { method: 'POST', ...init });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
}

/** Waits until a condition on the Hub is met. */
export async function until(isSo: () => boolean | undefined): Promise<void> {
  for (let waits = 0; !isSo(); waits++) {
    if (waits > 3_000) throw new Error(`waited too long for ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
