import type { Expectation } from '../inputs/inputs.ts';
import { type App, type AppResponse, askApp } from './app.ts';
import { unmetExpectations } from './expectations.ts';

/** One answer of the app to the question how it is. */
export interface HealthAnswer {
  readonly ok: boolean;
  /** Absent when there was no answer. */
  readonly status?: number | undefined;
  /** What is wrong with it, or `healthy`, with the path where it said so if that is another one. */
  readonly message: string;
  /** How the body begins; untrusted. */
  readonly excerpt: string;
  readonly tookMs: number;
  /** The process that answered, where the Hub's proxy names it. */
  readonly replica?: string | undefined;
  /** What the person should change about the app although it is healthy. */
  readonly advice?: string | undefined;
}

const HEALTHY = 'healthy';
const REQUEST = {
  accept: 'application/json, text/html;q=0.9, */*;q=0.8',
  deadlineMs: 10_000,
  // A health answer is short.
  mostBytes: 256 * 1024,
  reach: 'same-page',
} as const;
const EXCERPT = 4_000;
const INSECURE =
  'The app redirects to http although it is asked on https: it does not know that it stands behind a proxy, so visitors may be sent to an address that does not answer. Let it trust the forwarded headers, as with uvicorn --proxy-headers --forwarded-allow-ips="*", or app.set("trust proxy", true) in Express.';

/** Asks the app once whether it is healthy. Never throws, except when the job is cancelled. */
export async function probe(app: App, path: string, expectations: readonly Expectation[]): Promise<HealthAnswer> {
  const started = app.clock.now();
  const response = await askApp(app, { ...REQUEST, path });
  const body = response.kind === 'answered' ? response.body.toString() : '';
  const wrong = wrongWith(app, response, body, expectations);
  return {
    ok: wrong === undefined,
    status: response.kind === 'silent' ? undefined : response.status,
    message: wrong ?? whereHealthy(path, response),
    excerpt: excerptOf(app.redact(body)),
    tookMs: app.clock.now() - started,
    replica: response.kind === 'answered' ? response.replica : undefined,
    advice: response.kind === 'answered' && response.wasInsecure ? INSECURE : undefined,
  };
}

function wrongWith(
  app: App,
  response: AppResponse,
  body: string,
  expectations: readonly Expectation[],
): string | undefined {
  switch (response.kind) {
    case 'silent':
      return response.why;
    case 'redirected':
      return response.to.host === new URL(app.url).host
        ? `redirects to ${app.redact(response.to.pathname)}, which says nothing about this path`
        : `redirects to another host, ${app.redact(response.to.origin)}`;
    case 'answered': {
      if (response.status < 200 || response.status > 299) return `answers ${response.status}`;
      const unmet = unmetExpectations(expectations, body, app.redact);
      return unmet.length > 0 ? unmet.join('; ') : undefined;
    }
    default:
      return response satisfies never;
  }
}

function whereHealthy(asked: string, response: AppResponse): string {
  return response.kind === 'answered' && response.path !== asked ? `${HEALTHY} at ${response.path}` : HEALTHY;
}

/**
 * How a body begins, of which secrets are removed already. A cut in the middle of a word could leave a part of one,
 * which nobody would recognise any more.
 */
export function excerptOf(body: string): string {
  return body.length <= EXCERPT ? body : body.slice(0, EXCERPT).replace(/\S+$/, '…');
}
