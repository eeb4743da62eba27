import { connect } from 'node:net';

const DEADLINE_MS = 5000;

/** The SSLRequest message of the Postgres protocol: its length, then the code 80877103. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Asks a Postgres server whether it speaks TLS. One that cannot be reached does not: connecting will say why. */
export function offersTls(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port, timeout: DEADLINE_MS }, () => socket.write(SSL_REQUEST));
  socket.once('data', (answer) => {
    resolve(answer.toString('latin1', 0, 1) === 'S');
    socket.destroy();
  });
  socket.once('timeout', () => socket.destroy());
  socket.once('error', () => resolve(false));
  socket.once('close', () => resolve(false));
  return promise;
}
