import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

type Connect = buildConnector.connector;

/** As many as there are questions in a look, the check of the README and the files of a new Space included. */
const CONNECTIONS = 8;
/** One that waits for longer may be closed by the other end just when it is taken. */
const LONGEST_WAIT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Connections that are opened before the first request needs them. */
export interface EarlyConnections {
  /** Opens connections to the origin of a URL. What goes wrong shows when a request is sent. */
  open(url: string): void;
  /** For undici: takes one of them, or makes a new one. */
  readonly connect: Connect;
}

/** What became of a connection; exactly one of the two. */
interface Made {
  readonly socket?: Socket | undefined;
  readonly error?: Error | undefined;
}

interface Opened {
  readonly made: Promise<Made>;
  readonly at: number;
}

const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

/** Undefined where a proxy stands in between: which hosts are asked through it, is its own matter. */
export function earlyConnections(env: NodeJS.ProcessEnv): EarlyConnections | undefined {
  if (PROXIES.some((name) => env[name])) return undefined;
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  const waiting = new Map<string, Opened[]>();

  const openOne = ({ protocol, hostname, host, port }: URL, onMade: (made: Made) => void = () => undefined): void => {
    const made = new Promise<Made>((resolve) => {
      connect({ protocol, hostname, host, port }, (error, socket) => {
        // Nobody may need it in the end.
        socket?.unref();
        const result = error === null ? { socket } : { error };
        resolve(result);
        onMade(result);
      });
    });
    const key = keyOf({ protocol, hostname, port });
    waiting.set(key, [...(waiting.get(key) ?? []), { made, at: Date.now() }]);
  };

  const take = async (options: buildConnector.Options, taken: Opened, callback: buildConnector.Callback) => {
    const { socket, error } = await taken.made;
    if (error !== undefined) return callback(error, null);
    const isFresh = Date.now() - taken.at < LONGEST_WAIT_MS;
    if (socket !== undefined && isFresh && socket.readyState === 'open') return callback(null, socket.ref());
    socket?.destroy();
    return connect(options, callback);
  };

  return {
    open(url) {
      const origin = new URL(url);
      const openMore = () => {
        for (let count = 1; count < CONNECTIONS; count++) openOne(origin);
      };
      // HTTP/2 has room for all requests in one connection.
      const isEnough = ({ socket }: Made) => socket === undefined || isHttp2(socket);
      openOne(origin, (made) => {
        if (origin.protocol === 'https:' && !isEnough(made)) openMore();
      });
      if (origin.protocol !== 'https:') openMore();
    },
    connect(options, callback) {
      const taken = waiting.get(keyOf(options))?.shift();
      if (taken === undefined) return connect(options, callback);
      void take(options, taken, callback);
      return undefined;
    },
  };
}

function keyOf({ protocol, hostname, port }: { protocol: string; hostname: string; port: string }): string {
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

function isHttp2(socket: Socket): boolean {
  return 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
}
