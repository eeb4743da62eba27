import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FreezingProxy {
  port: number;
  /** From now on every connection, open or new, stays open and carries nothing, as behind a lost route. */
  freeze(): void;
  /** New connections work again; those that were frozen never do. */
  thaw(): void;
  close(): void;
}

/** A proxy in front of a port of this machine. */
export async function freezingProxy(target: number): Promise<FreezingProxy> {
  const open = new Set<Socket>();
  let frozen = false;
  const keep = (socket: Socket): Socket => {
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    open.add(socket);
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    if (frozen) return;
    const upstream = keep(connect(target, '127.0.0.1'));
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      frozen = true;
      for (const socket of open) socket.unpipe().pause();
    },
    thaw() {
      frozen = false;
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
