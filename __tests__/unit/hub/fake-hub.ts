import { buffer } from 'node:stream/consumers';
import { type BodyInit, Headers, Response } from 'undici';
import type { Fetch } from '../../../src/edges/fetch.ts';
import type { Session } from '../../../src/hub/hub.ts';
import { fakeShell } from '../fake-shell.ts';

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface FakeAnswer {
  readonly status: number;
  readonly body: BodyInit | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A Hub that gives the listed answers one after the other, and records the requests. */
export function fakeHub(...answers: readonly FakeAnswer[]) {
  const heard: Heard[] = [];
  const fetch: Fetch = async (input, init) => {
    const { status, body, headers = {} } = answers[heard.length] ?? { status: 500, body: 'no answer is left' };
    const sent = init?.body;
    const bytes =
      typeof sent === 'string' ? Buffer.from(sent) : await buffer((sent ?? []) as AsyncIterable<Uint8Array>);
    heard.push({
      method: init?.method ?? 'GET',
      url: String(input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: bytes,
    });
    return new Response(body, { status, headers });
  };
  const session: Session = {
    hub: { url: 'https://hub.example', token: 'hf_secret' },
    fetch,
    shell: fakeShell().shell,
    clock: { now: () => 0, random: () => 0, sleep: async () => undefined, timeout: AbortSignal.timeout },
    signal: new AbortController().signal,
    redact: (text) => text,
    mask: () => {},
    onNotice: () => undefined,
  };
  return { session, heard };
}
