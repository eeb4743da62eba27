import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Files } from './rig.ts';

/** Serves one npm package, `local@1.0.0`, as `/local.tgz` on loopback. */
export async function packageServer(files: Files): Promise<{ url: string; integrity: string } & AsyncDisposable> {
  const tarball = await pack({ 'package.json': JSON.stringify({ name: 'local', version: '1.0.0' }), ...files });
  const server = createServer((_, response) => response.end(tarball)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function pack(files: Files): Promise<Buffer> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'package-'));
  await mkdir(join(directory.path, 'package'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory.path, 'package', name), content);
  await promisify(execFile)('tar', ['-czf', 'local.tgz', 'package'], { cwd: directory.path });
  return readFile(join(directory.path, 'local.tgz'));
}
