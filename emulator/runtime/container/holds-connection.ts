import { connect } from 'node:net';

/** A port that an engine forwards is open before the app's is: such a connection is closed at once. */
const HELD_MS = 250;

/** Whether an app answers at the end of this loopback port: a connection stays open, or says something. */
export function holdsConnection(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    let timer: NodeJS.Timeout | undefined;
    const answer = (holds: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(holds);
    };
    socket.once('connect', () => {
      timer = setTimeout(() => answer(true), HELD_MS);
    });
    socket.once('data', () => answer(true));
    for (const event of ['error', 'timeout', 'end', 'close']) socket.once(event, () => answer(false));
  });
}
