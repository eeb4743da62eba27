// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';

/** Bytes that repeat nowhere, the same each time. */
function noise(name: string, kilobytes: number): Buffer {
  const parts = Array.from({ length: kilobytes * 32 }, (_, index) =>
    createHash('sha256')
      .update(name + index)
      .digest(),
  );
  return Buffer.concat(parts);
}

const MODEL = noise('model', 600);
const LARGER = Buffer.concat([MODEL, noise('more', 300)]);
const XET = { readings: { U20: 'b' } } as const;
const isOfStore = (request: string) => / \/(xet|storage)\//.test(request);
const inStore = (requests: readonly string[]) =>
  requests.filter(isOfStore).map((request) => request.replace(/^(\w+ \/\w+)(\/v1\/(\w+))?.*/, '$1 $3').trim());

test.concurrent('a model goes by Xet, and of a larger one that begins like it only what is new', async () => {
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': MODEL }, XET);
  const first = await lab.deploy();
  lab.workspace.commit({ 'larger.bin': LARGER });

  const second = await lab.deploy();

  const content = await lab.space().read('larger.bin');
  expect([first.errors, second.errors, content.equals(LARGER)]).toEqual([[], [], true]);
  const ways = ['GET /xet chunks', 'POST /xet xorbs', 'POST /xet shards'];
  expect([inStore(first.requests), inStore(second.requests)]).toEqual([ways, ways]);
  const xorbs = lab.hub.requests.filter(({ path }) => path.includes('/xorbs/')).map(({ bytesIn }) => bytesIn);
  expect(xorbs.map((bytes) => Math.round(bytes / 100_000))).toEqual([6, 3]);
  expect(`${first.log}${second.log}`).not.toMatch(/once more by LFS/);
});

test.concurrent('a model whose content the Hub does not find after Xet goes once more by LFS', async () => {
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': MODEL }, XET);
  lab.hub.fault({ route: 'POST /xet/v1/shards', then: { status: 200, body: { result: 1 } } });

  const run = await lab.deploy();

  const content = await lab.space().read('model.bin');
  expect([run.errors, run.outputs['result'], content.equals(MODEL)]).toEqual([[], 'deployed', true]);
  expect(run.log).toMatch(/^The Hub does not find the content of a large file that was uploaded; once more by LFS\.$/m);
  const ways = ['GET /xet chunks', 'POST /xet xorbs', 'POST /xet shards', 'PUT /storage'];
  expect(inStore(run.requests)).toEqual(ways);
});
