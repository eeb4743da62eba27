import type { Fetch } from '../edges/fetch.ts';
import type { Expectation } from '../inputs/inputs.ts';
import { unmetExpectations } from './expectations.ts';

/** One answer of the app. */
export interface HealthAnswer {
  readonly ok: boolean;
  /** Absent when there was no answer. */
  readonly status?: number;
  /** What is wrong with it, or `well`. */
  readonly message: string;
  /** How the body begins; untrusted. */
  readonly excerpt: string;
  readonly tookMs: number;
}

export interface ProbeTarget {
  /** Whole URL. */
  readonly url: string;
  /** Sent to the app's own host only; for a private Space. */
  readonly token?: string;
  readonly expectations: readonly Expectation[];
  /** Takes secrets out of what is shown of the answer. */
  readonly redact: (text: string) => string;
}

const DEADLINE_MS = 10_000;
/** A health answer is short; more is not read, whatever the app sends. */
const MOST_BYTES = 256 * 1024;
const EXCERPT = 4_000;

/** Asks the app once. Never throws, but when the job is cancelled. */
export async function probe(
  fetch: Fetch,
  target: ProbeTarget,
  signal: AbortSignal,
  now: () => number,
): Promise<HealthAnswer> {
  const started = now();
  try {
    const response = await fetch(target.url, {
      headers: {
        accept: 'application/json, text/html;q=0.9, */*;q=0.8',
        ...(target.token === undefined ? {} : { authorization: `Bearer ${target.token}` }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    const body = await firstBytes(response.body);
    const wrong = wrongWith(response.status, response.url, target, body);
    return {
      ok: wrong === undefined,
      status: response.status,
      message: wrong ?? 'well',
      excerpt: excerptOf(target.redact(body)),
      tookMs: now() - started,
    };
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, message: whyNoAnswer(error), excerpt: '', tookMs: now() - started };
  }
}

/** A cut in the middle of a word could leave a part of a secret, which nobody would recognise any more. */
function excerptOf(body: string): string {
  return body.length <= EXCERPT ? body : body.slice(0, EXCERPT).replace(/\S+$/, '…');
}

function wrongWith(status: number, finalUrl: string, target: ProbeTarget, body: string): string | undefined {
  const [asked, reached] = [new URL(target.url), new URL(finalUrl || target.url)];
  if (asked.origin !== reached.origin) return `redirects to another host, ${reached.origin}`;
  if (status < 200 || status > 299) return `answers ${status}`;
  const unmet = unmetExpectations(target.expectations, body, target.redact);
  return unmet.length > 0 ? unmet.join('; ') : undefined;
}

async function firstBytes(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString();
}

function whyNoAnswer(error: unknown): string {
  const { name, cause, message } = error as {
    name?: unknown;
    cause?: { code?: unknown; message?: unknown };
    message?: unknown;
  };
  if (name === 'TimeoutError') return `does not answer within ${DEADLINE_MS / 1000} s`;
  const why = String(cause?.code ?? cause?.message ?? message);
  return /redirect count/.test(why) ? 'redirects in a loop' : `cannot be reached (${why})`;
}
