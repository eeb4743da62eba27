import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** An authority that no machine trusts, as the proxies of companies have one, and what it has signed. */
export interface Authority extends Disposable {
  /** Path of its certificate, in PEM. */
  readonly path: string;
  issue(wish: { readonly host: string; readonly days?: number }): Certificate;
}

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** Makes an authority with openssl, which is wherever git is. */
export function createAuthority(): Authority {
  const place = mkdtempSync(join(tmpdir(), 'spaceport-tls-'));
  const run = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  run('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=A proxy');
  let issued = 0;
  return {
    path: join(place, 'ca.pem'),
    issue({ host, days = 2 }) {
      const name = `${issued++}`;
      run('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${host}`);
      writeFileSync(join(place, `${name}.ext`), `subjectAltName=DNS:${host}\n`);
      const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
      run('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, '-days', String(days), ...signed);
      return { key: readFileSync(join(place, `${name}.key`)), cert: readFileSync(join(place, `${name}.pem`)) };
    },
    [Symbol.dispose]: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** A server that counts who has connected, on a port of loopback. */
export interface CountingServer extends AsyncDisposable {
  readonly port: number;
  readonly connections: number;
}

/** The local Hub behind TLS. */
export async function startTlsHub(hubUrl: string, certificate: Certificate): Promise<CountingServer> {
  const server = createServer(certificate, async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray());
    const { host: _, connection: __, 'transfer-encoding': ___, 'content-length': ____, ...headers } = incoming.headers;
    const answer = await fetch(hubUrl + incoming.url, {
      method: incoming.method ?? 'GET',
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(body.length === 0 ? {} : { body }),
    });
    const passed = [...answer.headers].filter(
      ([name]) => !/^(connection|transfer-encoding|content-length)$/.test(name),
    );
    outgoing.writeHead(answer.status, Object.fromEntries(passed));
    if (answer.body === null) outgoing.end();
    else
      Readable.fromWeb(answer.body as never)
        .on('error', () => outgoing.destroy())
        .pipe(outgoing);
  });
  return counting(server);
}

/** A proxy that takes every host for the one on this port; with a status, it lets nobody through. */
export async function startConnectProxy(port: number, refusal?: number): Promise<CountingServer> {
  const proxy = createProxy((_, answer) => answer.writeHead(501).end());
  proxy.on('connect', (_, socket) => {
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    for (const [one, other] of [
      [socket, target],
      [target, socket],
    ] as const)
      one.on('error', () => other.destroy());
  });
  return counting(proxy);
}

async function counting(server: Server & { closeAllConnections?: () => void }): Promise<CountingServer> {
  let connections = 0;
  const open = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    connections++;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
