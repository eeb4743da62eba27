import { duration } from '../base/duration.ts';
import type { Check } from '../inputs/inputs.ts';
import { type App, type AppResponse, askApp } from './app.ts';
import { unmetExpectations } from './expectations.ts';
import { excerptOf } from './probe.ts';

/** One answer of the app to a check. */
export interface CheckAnswer {
  readonly ok: boolean;
  /** Absent when there was no answer. */
  readonly status?: number | undefined;
  /** What is wrong with it, or `as expected`. */
  readonly message: string;
  /** How the body begins; untrusted. */
  readonly excerpt: string;
  readonly tookMs: number;
}

/** More of an answer is not read: a check may ask for an API's whole description. */
const MOST_BYTES = 4 * 1024 * 1024;
const REQUEST = { accept: 'application/json, text/html;q=0.9, */*;q=0.8', mostBytes: MOST_BYTES } as const;

/** Asks one check once. Never throws, except when the job is cancelled. */
export async function askCheck(app: App, check: Check, deadlineMs: number): Promise<CheckAnswer> {
  const { method, path, headers, body } = check;
  const { status: expected } = check.expect;
  // Where a redirect is what is expected, it is the answer.
  const reach = expected.from <= 399 && expected.to >= 300 ? 'nowhere' : 'same-page';
  const started = app.clock.now();
  const response = await askApp(app, { ...REQUEST, method, path, headers, body, deadlineMs, reach });
  const tookMs = app.clock.now() - started;
  const wrong = wrongWith(app, check, response, tookMs);
  return {
    ok: wrong.length === 0,
    status: response.kind === 'silent' ? undefined : response.status,
    message: wrong.length === 0 ? 'as expected' : wrong.join('; '),
    excerpt: response.kind === 'answered' ? excerptOf(app.redact(response.body.toString())) : '',
    tookMs,
  };
}

function wrongWith(app: App, { expect }: Check, response: AppResponse, tookMs: number): readonly string[] {
  switch (response.kind) {
    case 'silent':
      return [response.why];
    case 'redirected':
      return [`answers ${response.status} and redirects to ${app.redact(placeOf(app, response.to))}`];
    case 'answered': {
      const { status } = response;
      if (status < expect.status.from || status > expect.status.to) {
        return [`answers ${status}, expected ${expect.status.text}`];
      }
      return [
        ...wrongHeaders(app, expect.headers, response),
        ...wrongBody(app, expect.says, response),
        ...tooSlow(expect.withinMs, tookMs),
      ];
    }
    default:
      return response satisfies never;
  }
}

function placeOf({ url }: App, to: URL): string {
  return to.host === new URL(url).host ? to.pathname : `another host, ${to.origin}`;
}

type Answered = Extract<AppResponse, { kind: 'answered' }>;

function wrongHeaders(app: App, expected: Check['expect']['headers'], { header }: Answered): readonly string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const is = header(name);
    if (is === value) return [];
    const has = is === null ? 'is missing' : `is ${JSON.stringify(app.redact(is).slice(0, 200))}`;
    return [`the header ${name} ${has}, expected ${JSON.stringify(value)}`];
  });
}

function wrongBody({ redact }: App, expected: Check['expect']['says'], { body }: Answered): readonly string[] {
  if (body.length >= MOST_BYTES && expected.some(({ kind }) => kind === 'json')) {
    return ['is longer than 4 MB, so its JSON is not read'];
  }
  return unmetExpectations(expected, body.toString(), redact);
}

function tooSlow(withinMs: number | undefined, tookMs: number): readonly string[] {
  return withinMs === undefined || tookMs <= withinMs
    ? []
    : [`took ${duration(tookMs)}, expected at most ${duration(withinMs)}`];
}
