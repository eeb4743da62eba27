import { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** An authority that no machine trusts, as the proxies of companies have one, and what it has signed. */
export interface Authority extends Disposable {
  /** Path of its certificate, in PEM. */
  readonly path: string;
  /** `days` from now until it ends; less than nothing for one that has ended. */
  issue(wish: { readonly host: string; readonly days?: number }): Promise<Certificate>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const newKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

/** Makes an authority, with its certificate in a file for `NODE_EXTRA_CA_CERTS`. */
export async function createAuthority(): Promise<Authority> {
  const place = mkdtempSync(join(tmpdir(), 'spaceport-tls-'));
  const keys = await newKeys();
  const ca = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=A proxy',
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writeFileSync(join(place, 'ca.pem'), ca.toString('pem'));
  return {
    path: join(place, 'ca.pem'),
    async issue({ host, days = 2 }) {
      const own = await newKeys();
      const notAfter = new Date(Date.now() + days * DAY_MS);
      const issued = await X509CertificateGenerator.create({
        subject: `CN=${host}`,
        issuer: ca.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        notBefore: new Date(notAfter.getTime() - 3 * DAY_MS),
        notAfter,
        extensions: [
          new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
          await AuthorityKeyIdentifierExtension.create(keys.publicKey),
          await SubjectKeyIdentifierExtension.create(own.publicKey),
        ],
      });
      const key = KeyObject.from(own.privateKey).export({ type: 'pkcs8', format: 'pem' });
      return { key: String(key), cert: issued.toString('pem') };
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
