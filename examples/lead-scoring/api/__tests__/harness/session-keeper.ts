import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SessionKeeper {
  port: number;
  close(): void;
}

/** The Terminate message of the Postgres protocol, which a client sends before it hangs up. */
const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);

const withoutTerminate = (chunk: Buffer): Buffer =>
  chunk.subarray(-TERMINATE.length).equals(TERMINATE) ? chunk.subarray(0, -TERMINATE.length) : chunk;

/** Does to Postgres what a pooler does: sessions outlive the clients that used them, with what they left behind. */
export async function sessionKeeper(target: number): Promise<SessionKeeper> {
  const sessions: Socket[] = [];
  const server = createServer((client) => {
    const session = connect(target, '127.0.0.1');
    sessions.push(session);
    client.on('error', () => {}).on('data', (chunk: Buffer) => void session.write(withoutTerminate(chunk)));
    session.on('error', () => {}).on('data', (chunk: Buffer) => void client.write(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const session of sessions) session.destroy();
    },
  };
}
