import type { Hub, HubOptions } from '../../../emulator/api.ts';
import { createHub } from '../../../emulator/create-hub.ts';
import { type StillRuntime, stillRuntimes } from './still-runtime.ts';

export interface Sent {
  readonly token?: string | null;
  readonly json?: unknown;
  readonly lines?: readonly unknown[];
  readonly body?: string | URLSearchParams | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, or undefined when it is text. */
  readonly json: unknown;
}

export interface ApiHub {
  readonly hub: Hub;
  runtime(id: string): StillRuntime;
  /** One request, redirects not followed; `hf_me_write` unless told. */
  send(method: string, path: string, sent?: Sent): Promise<Received>;
  /** A new Space with one token and SDK. */
  create(id: string, sdk?: string): Promise<void>;
  /** A commit of text files on main; answers its id. */
  commit(id: string, files: Readonly<Record<string, string>>): Promise<string>;
}

/** A local Hub whose Spaces do not run: for tests of the API alone. */
export async function startApiHub(options: HubOptions = {}): Promise<ApiHub> {
  const runtimes = stillRuntimes();
  const hub = await createHub({ startSpaceRuntime: runtimes.start, ...options });

  const send: ApiHub['send'] = async (method, path, sent = {}) => {
    const response = await fetch(hub.url + path, { method, redirect: 'manual', ...request(sent) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  };

  return {
    hub,
    runtime: runtimes.of,
    send,
    async create(id, sdk = 'docker') {
      const [organization, name] = id.split('/');
      const { status, text } = await send('POST', '/api/repos/create', {
        json: { type: 'space', name, organization, sdk },
      });
      if (status !== 200) throw new Error(`create answered ${status} ${text}`);
    },
    async commit(id, files) {
      const { status, text } = await send('POST', `/api/spaces/${id}/commit/main`, { lines: commitLines(files) });
      if (status !== 200) throw new Error(`commit answered ${status} ${text}`);
      return JSON.parse(text).commitOid;
    },
  };
}

export function commitLines(files: Readonly<Record<string, string>>, header: object = {}): unknown[] {
  const operations = Object.entries(files).map(([path, content]) => ({ key: 'file', value: { path, content } }));
  return [{ key: 'header', value: { summary: 'a commit', ...header } }, ...operations];
}

function request({ token = 'hf_me_write', json, lines, body, headers }: Sent): RequestInit {
  const sentBody =
    json === undefined ? (lines?.map((line) => JSON.stringify(line)).join('\n') ?? body) : JSON.stringify(json);
  return {
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(lines === undefined ? {} : { 'content-type': 'application/x-ndjson' }),
      ...headers,
    },
    ...(sentBody === undefined ? {} : { body: sentBody }),
  };
}
