import prettyMs from 'pretty-ms';
import type { Response } from '../edges/fetch.ts';
import type { Session } from '../hub/hub.ts';

/** The app of a Space, and what asking it needs. */
export interface App extends Pick<Session, 'fetch' | 'clock' | 'signal' | 'redact'> {
  /** Without a slash at its end. */
  readonly url: string;
  /** Of a private Space: opens the Hub's proxy, which keeps it from the app. */
  readonly token?: string | undefined;
}

/** Only a private app is asked with the token. */
export function appOf(
  { fetch, clock, signal, redact, hub }: Session,
  { appUrl, isPrivate }: { readonly appUrl: string; readonly isPrivate: boolean },
): App {
  return { fetch, clock, signal, redact, url: appUrl, token: isPrivate ? hub.token : undefined };
}

export interface AppRequest {
  readonly path: string;
  readonly accept: string;
  readonly deadlineMs: number;
  /** More of the body is not read, whatever the app sends. */
  readonly mostBytes: number;
  /**
   * How far a redirect may lead: nowhere, so that it is the answer itself; to the same page, with or without a slash at
   * its end; or anywhere on the same host.
   */
  readonly reach: 'nowhere' | 'same-page' | 'same-host';
  /** GET when nothing is said. */
  readonly method?: string | undefined;
  /** Besides those that every request has. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

/** What anybody does who opens the app; it wakes one that sleeps (hub-contract §16.3). */
export const VISIT: AppRequest = {
  path: '/',
  accept: 'text/html',
  deadlineMs: 10_000,
  mostBytes: 0,
  reach: 'same-host',
};

export type AppResponse =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly header: (name: string) => string | null;
      readonly body: Buffer;
      /** Where redirects have led. */
      readonly path: string;
      /** The process that answered, as the Hub's proxy names it (hub-contract §16.2). */
      readonly replica: string | undefined;
      /** Whether a redirect named `http` where the app was asked on `https`. */
      readonly wasInsecure: boolean;
    }
  /** A redirect that leads too far; it was not followed. */
  | { readonly kind: 'redirected'; readonly status: number; readonly to: URL }
  | { readonly kind: 'silent'; readonly why: string };

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks the app once. The token opens the proxy of a private Space and is not for the app: it goes in
 * `X-HF-Authorization`, which the proxy takes out; `Authorization` would reach the app's own code (hub-contract §16.2).
 * Never throws, except when the job is cancelled.
 */
export async function askApp(app: App, request: AppRequest): Promise<AppResponse> {
  const signal = AbortSignal.any([app.signal, app.clock.timeout(request.deadlineMs)]);
  try {
    return await followed(app, request, signal);
  } catch (error) {
    app.signal.throwIfAborted();
    return { kind: 'silent', why: whyNoAnswer(error, request.deadlineMs) };
  }
}

/** Redirects are followed by hand: the token must not leave the host, nor go out in the clear. */
async function followed(app: App, request: AppRequest, signal: AbortSignal): Promise<AppResponse> {
  const asked = new URL(app.url + request.path);
  let at = asked;
  let sent: Sent = request;
  let wasInsecure = false;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const { method = 'GET', body = null } = sent;
    const response = await app.fetch(at, {
      method,
      body,
      headers: headersOf(app, request),
      signal,
      redirect: 'manual',
    });
    const target = redirectOf(response, at);
    if (target === undefined || request.reach === 'nowhere') return answered(response, at, request, wasInsecure);
    await response.body?.cancel();
    const to = secured(target, asked);
    wasInsecure ||= to !== target;
    if (!isWithin(request.reach, asked, to)) return { kind: 'redirected', status: response.status, to: target };
    at = to;
    sent = afterRedirect(sent, response.status);
  }
  return { kind: 'silent', why: 'redirects in a loop' };
}

type Sent = Pick<AppRequest, 'method' | 'body'>;

/** 307 and 308 ask for the same once more; after the others clients go on with a GET, except for HEAD (Fetch, 4.4). */
function afterRedirect(sent: Sent, status: number): Sent {
  const isSame = status === 307 || status === 308 || sent.method === undefined || sent.method === 'HEAD';
  return isSame || (status !== 303 && sent.method !== 'POST') ? sent : { method: 'GET' };
}

function headersOf({ token }: App, { accept, headers: more }: AppRequest): Record<string, string> {
  const headers: Record<string, string> = { accept, 'cache-control': 'no-cache', ...more };
  if (token !== undefined) headers['x-hf-authorization'] = `Bearer ${token}`;
  return headers;
}

function redirectOf(response: Response, at: URL): URL | undefined {
  const location = response.headers.get('location');
  if (!REDIRECTS.has(response.status) || location === null || !URL.canParse(location, at.href)) return undefined;
  return new URL(location, at);
}

/** An app behind TLS that does not know of it names itself with `http`: the same place is asked on `https`. */
function secured(to: URL, asked: URL): URL {
  if (asked.protocol !== 'https:' || to.protocol !== 'http:' || to.hostname !== asked.hostname) return to;
  const better = new URL(to);
  better.protocol = 'https:';
  if (to.port === '' || to.port === '80') better.port = asked.port;
  return better;
}

function isWithin(reach: AppRequest['reach'], asked: URL, to: URL): boolean {
  if (to.origin !== asked.origin) return false;
  const page = ({ pathname }: URL) => pathname.replace(/\/+$/, '');
  return reach === 'same-host' || page(asked) === '' || page(asked) === page(to);
}

async function answered(
  response: Response,
  { pathname, search }: URL,
  { mostBytes }: AppRequest,
  wasInsecure: boolean,
): Promise<AppResponse> {
  return {
    kind: 'answered',
    status: response.status,
    header: (name) => response.headers.get(name),
    body: await firstBytes(response.body, mostBytes),
    path: pathname + search,
    replica: response.headers.get('x-proxied-replica') ?? undefined,
    wasInsecure,
  };
}

async function firstBytes(body: Response['body'], most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (most === 0) await body?.cancel();
  else {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= most) break;
    }
  }
  return Buffer.concat(chunks).subarray(0, most);
}

function whyNoAnswer(error: unknown, deadlineMs: number): string {
  const { name, cause, message } = error as {
    name?: unknown;
    cause?: { code?: unknown; message?: unknown };
    message?: unknown;
  };
  if (name === 'TimeoutError') return `does not answer within ${prettyMs(deadlineMs)}`;
  return `cannot be reached (${String(cause?.code ?? cause?.message ?? message)})`;
}
