import { type OtherServer, startGateway } from './server.ts';

/** A gateway before the Hub that counts in how many rounds it is asked. */
export interface RoundCounter extends AsyncDisposable {
  readonly url: string;
  /**
   * The requests since the last call, up to the commit, by rounds: each round began only after an answer of the one before.
   * In alphabetical order.
   */
  take(): readonly (readonly string[])[];
}

/** Longer than a busy machine takes between two requests that are sent at the same time. */
const QUIET_MS = 1_000;

/**
 * Holds every request until no other one has come for a while, then answers all of them: they are one round. What comes
 * after a commit waits for the build, and is neither held nor counted.
 */
export async function countRounds(hubUrl: string): Promise<RoundCounter> {
  let rounds: string[][] = [];
  let isCommitted = false;
  let open: { readonly asked: string[]; readonly over: PromiseWithResolvers<void>; timer: NodeJS.Timeout } | undefined;
  const join = (request: string): Promise<void> => {
    const close = () => {
      open?.over.resolve();
      open = undefined;
    };
    if (open === undefined) {
      open = { asked: [], over: Promise.withResolvers<void>(), timer: setTimeout(close, QUIET_MS) };
      rounds.push(open.asked);
    }
    open.asked.push(request);
    clearTimeout(open.timer);
    open.timer = setTimeout(close, QUIET_MS);
    return open.over.promise;
  };
  const gateway: OtherServer = await startGateway(hubUrl, async ({ method, path }, forward) => {
    const request = `${method} ${path.replace(/[0-9a-f]{40}/, '<commit>')}`;
    if (isCommitted) return forward();
    await join(request);
    isCommitted = /\/commit\/main$/.test(path);
    return forward();
  });
  return {
    url: gateway.url,
    take() {
      const taken = rounds.map((round) => round.sort());
      rounds = [];
      isCommitted = false;
      return taken;
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}
