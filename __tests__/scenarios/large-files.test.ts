import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab, withoutPolls } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const binary = (size: number, seed: number) => Buffer.from(Array.from({ length: size }, (_, i) => (i * seed) % 256));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('binary files go as large files, in the same one commit, and only when their content changed', async () => {
  const [model, picture] = [binary(50_000, 7), binary(2_000, 5)];
  lab = await openLab({
    ...dockerApp('1'),
    'model.bin': model,
    'a b/picture.png': picture,
    'empty.bin': Buffer.alloc(0),
  });
  const first = await lab.deploy();
  expect(first.errors).toEqual([]);
  const files = await lab.space().files();
  expect([files['model.bin']?.lfs, files['a b/picture.png']?.lfs, files['empty.bin']?.lfs]).toEqual([
    { oid: sha256(model), size: 50_000 },
    { oid: sha256(picture), size: 2_000 },
    undefined,
  ]);
  expect((await lab.space().commits()).length).toBe(2);
  lab.workspace.commit({ 'model.bin': binary(50_000, 11), 'note.txt': 'new' });

  const second = await lab.deploy();

  expect(second.errors).toEqual([]);
  expect(JSON.parse(second.outputs['plan'] ?? '').steps[0]).toMatchObject({
    added: [{ path: 'note.txt' }],
    changed: [{ path: 'model.bin' }],
    deleted: [],
  });
  expect(await lab.space().read('model.bin')).toEqual(binary(50_000, 11));
  expect(withoutPolls(second.requests).filter((request) => request.startsWith('PUT'))).toHaveLength(1);
});

test('a file of 500 MB goes with less than 300 MB of memory', async () => {
  lab = await openLab(dockerApp('1'));
  const path = join(lab.workspace.directory, 'large.bin');
  const chunk = Buffer.alloc(1 << 20);
  const file = openSync(path, 'w');
  for (let i = 0; i < 500; i++) {
    chunk.writeUInt32LE((i * 2_654_435_761) % 2 ** 32, 0);
    writeSync(file, chunk);
  }
  closeSync(file);
  let peakKb = 0;

  const run = await lab.deploy(
    { include: 'large.bin' },
    {
      onStart: (child) => {
        const timer = setInterval(() => {
          try {
            peakKb = Math.max(
              peakKb,
              Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
            );
          } catch {
            clearInterval(timer);
          }
        }, 20);
      },
    },
  );

  expect(run.errors).toEqual([]);
  expect((await lab.space().files())['large.bin']?.lfs?.size).toBe(500 * 2 ** 20);
  expect(peakKb).toBeGreaterThan(0);
  expect(peakKb).toBeLessThan(300_000);
});
