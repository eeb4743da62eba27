import { type OtherServer, startGateway } from '../../scenarios/support/server.ts';

/** At which request a process is killed: before the Hub gets it, or when the Hub has acted and the answer is on its way. */
export interface Moment {
  /** Completes "killed …": `before` or `after`. */
  readonly when: 'before' | 'after';
  /** Counted among the requests that match, from 1. */
  readonly request: number;
  readonly matches: (method: string, path: string) => boolean;
}

/** A gateway between the action and the Hub with its file store; it calls `kill` at one moment. */
export async function startKillingGateway(hubUrl: string, moment: Moment, kill: () => void): Promise<OtherServer> {
  let requests = 0;
  let over = false;
  const gateway: OtherServer = await startGateway(hubUrl, async ({ method, path }, forward) => {
    if (over) return new Response(null, { status: 503 });
    const isMoment = moment.matches(method, path) && ++requests === moment.request;
    if (isMoment && moment.when === 'before') {
      over = true;
      kill();
      return new Response(null, { status: 503 });
    }
    const answer = await forward();
    if (isMoment) {
      over = true;
      await answer.body?.cancel();
      kill();
      return new Response(null, { status: 503 });
    }
    if (path.includes('/logs/') || answer.body === null) return answer;
    // Upload links name the Hub; here they lead through this gateway too.
    const text = (await answer.text()).replaceAll(hubUrl, gateway.url);
    return new Response(text === '' && answer.status === 204 ? null : text, answer);
  });
  return gateway;
}
