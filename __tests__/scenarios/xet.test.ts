import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { startXetHub } from './support/xet-store.ts';

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
const puts = (requests: readonly string[]) => requests.filter((request) => request.startsWith('PUT '));

test.concurrent('a model goes by Xet, and of a larger one that begins like it only what is new', async () => {
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': MODEL });
  await using hub = await startXetHub(lab.hub, [MODEL, LARGER]);
  const first = await lab.deploy({ 'hub-url': hub.url });
  const firstCalls = hub.calls.length;
  lab.workspace.commit({ 'larger.bin': LARGER });

  const second = await lab.deploy({ 'hub-url': hub.url });

  const content = await lab.space().read('larger.bin');
  expect([first.errors, second.errors, hub.complaints, content.equals(LARGER)]).toEqual([[], [], [], true]);
  expect(hub.calls.slice(0, firstCalls)).toEqual(['GET chunks', 'POST xorbs', 'POST shards']);
  expect(hub.calls.slice(firstCalls)).toEqual(['GET chunks', 'found', 'POST xorbs', 'POST shards']);
  expect(`${first.log}${second.log}`).not.toMatch(/once more by LFS/);
});

test.concurrent('a model whose content the Hub does not find after Xet goes once more by LFS', async () => {
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': MODEL });
  await using hub = await startXetHub(lab.hub, [MODEL], { isFound: false });

  const run = await lab.deploy({ 'hub-url': hub.url });

  const content = await lab.space().read('model.bin');
  expect([run.errors, run.outputs['result'], content.equals(MODEL)]).toEqual([[], 'deployed', true]);
  expect(run.log).toMatch(/^The Hub does not find the content of a large file that was uploaded; once more by LFS\.$/m);
  expect([hub.calls, puts(run.requests).length]).toEqual([['GET chunks', 'POST xorbs', 'POST shards'], 1]);
});
