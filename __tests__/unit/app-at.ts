import { fetch, Response } from 'undici';
import type { App } from '../../src/health/app.ts';

/** An app at an address, asked by undici unless `fetch` is given. */
export function appAt(url: string, values: Partial<App> = {}): App {
  return {
    url,
    fetch,
    clock: { now: () => 0, random: () => 0, sleep: async () => undefined, timeout: AbortSignal.timeout },
    signal: new AbortController().signal,
    redact: (text) => text,
    ...values,
  };
}

/** What one URL answers: a status, with the place where a redirect leads or the body. */
export type Scripted = readonly [status: number, text?: string, headers?: Readonly<Record<string, string>>];

/** Answers by URL, and keeps what it was asked with which headers. */
export function scriptedFetch(answers: Readonly<Record<string, Scripted>>) {
  const asked: { readonly url: string; readonly headers: Readonly<Record<string, string>> }[] = [];
  const scripted: App['fetch'] = async (input, init) => {
    asked.push({ url: String(input), headers: init?.headers as Record<string, string> });
    const [status, text = '', headers = {}] = answers[String(input)] ?? [404];
    const isRedirect = status >= 300 && status < 400;
    return isRedirect
      ? new Response(null, { status, headers: { location: text, ...headers } })
      : new Response(text, { status, headers });
  };
  return { fetch: scripted, asked };
}
