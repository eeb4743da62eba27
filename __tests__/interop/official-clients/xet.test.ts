import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Hub } from '../../../emulator/api.ts';
import { createHub } from '../../../emulator/create-hub.ts';
import type { Access, Client } from './clients/client.ts';
import { hfClient } from './clients/hf.ts';
import { javascriptClient } from './clients/javascript.ts';
import { pythonClient } from './clients/python.ts';
import { directoryOf } from './support/folder.ts';
import { Referee } from './support/referee.ts';

/** What cannot work: Xet needs a storage service, which the local Hub does not have (hub-contract §10.2). */
let hub: Hub;
let access: Access;
let warnings: string[];
beforeAll(async () => {
  hub = await createHub({ warn: (message) => warnings.push(message) });
  const home = mkdtempSync(join(tmpdir(), 'xet-'));
  access = { hubUrl: hub.url, token: 'hf_me_write', xet: true, home };
});
afterAll(async () => {
  await hub.close();
  rmSync(access.home, { recursive: true, force: true });
});

const files = { 'model.bin': Buffer.from([0, 1, 2, 3]) };

async function uploading(create: (access: Access) => Client, id: string): Promise<void> {
  warnings = [];
  await new Referee(hub.url, access.token).create(id, 'static');
  const client = create(access);
  try {
    await client.upload?.(id, directoryOf(files));
  } finally {
    await client.close();
  }
}

test.each([
  ['huggingface_hub', pythonClient, 'me/python'],
  ['hf', hfClient, 'me/hf'],
])('%s with Xet gives up with 501, and the local Hub says what to set', async (_, create, id) => {
  await expect(uploading(create, id)).rejects.toThrow(/501/);
  expect(new Set(warnings)).toEqual(
    new Set([
      'A client asked for Xet, which the local Hub does not model. Set HF_HUB_DISABLE_XET=1 for huggingface_hub and hf: ' +
        'they then use LFS, which the local Hub has. @huggingface/hub needs no setting.',
    ]),
  );
  expect(await hub.space(id)?.commits()).toHaveLength(1);
});

test('the answer itself contains the hint', async () => {
  const answer = await fetch(`${hub.url}/api/spaces/me/any/xet-read-token/main`);
  expect([answer.status, await answer.json()]).toEqual([
    501,
    expect.objectContaining({ error: expect.stringContaining('Set HF_HUB_DISABLE_XET=1') }),
  ]);
});

test('@huggingface/hub, which offers Xet, falls back by itself', async () => {
  await uploading(javascriptClient, 'me/javascript');
  expect(warnings).toEqual([]);
  expect(await hub.space('me/javascript')?.read('model.bin')).toEqual(files['model.bin']);
});
