import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Orders } from './hub-process.ts';

type Order<N extends keyof Orders> = Parameters<Orders[N]>[0];
type Answer<N extends keyof Orders> = Awaited<ReturnType<Orders[N]>>;

/** A process in which local Hubs run. */
export interface Hubs {
  ask<N extends keyof Orders>(name: N, order: Order<N>): Promise<Answer<N>>;
  close(): Promise<void>;
}

export function startHubs(): Hubs {
  const child: ChildProcess = fork(fileURLToPath(new URL('hub-process.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  // A suite that fails before its end must not be kept open by its Hubs.
  child.unref();
  child.channel?.unref();
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  child.on('message', ({ number, answer, error }: { number: number; answer: never; error?: string }) => {
    const asked = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(error));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the process of the Hubs ended'));
  });
  let last = 0;
  const ask: Hubs['ask'] = (name, order) =>
    new Promise((resolve, reject) => {
      const number = ++last;
      waiting.set(number, { resolve, reject });
      child.send({ number, name, order });
    });
  return {
    ask,
    async close() {
      await ask('close', undefined as never);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}
