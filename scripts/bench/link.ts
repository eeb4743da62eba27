import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to the Hub that takes time, as that of a runner does. */
export interface Link {
  readonly url: string;
  /** How many connections were opened since the last call. */
  takeConnections(): number;
  close(): Promise<void>;
}

/**
 * A TCP relay to the Hub whose round trip takes `roundTripMs`. What is sent arrives half of that later, and nothing of a
 * connection before a whole one has passed, as its handshake would take; TLS would take another one, and is left out.
 */
export async function openLink(hubUrl: string, roundTripMs: number): Promise<Link> {
  const { hostname, port } = new URL(hubUrl);
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (near) => {
    connections++;
    const readyAt = performance.now() + roundTripMs;
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket)).on('error', () => undefined);
    }
    carry(near, far, () => Math.max(performance.now(), readyAt) + roundTripMs / 2);
    carry(far, near, () => performance.now() + roundTripMs / 2);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeConnections() {
      const taken = connections;
      connections = 0;
      return taken;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Passes on what comes, in its order, at the time that `arrivesAt` says; the link is as wide as it must be. */
function carry(from: Socket, to: Socket, arrivesAt: () => number): void {
  let last = 0;
  const underWay: (() => void)[] = [];
  // Timers of different lengths that end at nearly the same time go off in any order, so each lets the first one arrive.
  const arrive = () => underWay.shift()?.();
  const later = (act: () => void) => {
    const now = performance.now();
    last = Math.max(last, arrivesAt());
    underWay.push(act);
    // Timers are whole milliseconds, and a link of none must not wait at all.
    if (last - now < 0.5) arrive();
    else setTimeout(arrive, last - now);
  };
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('close', () => later(() => to.destroy()));
}
