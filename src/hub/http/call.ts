import type { Headers } from '../../edges/fetch.ts';

/** One request to the Hub, or to a store that the Hub names, as the operation that makes it sees it. */
export interface Call {
  /** Completes "The Hub refused to …": `read the Space`, `make the commit`. */
  readonly what: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Path on the Hub, or a whole URL that the Hub gave. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Body | undefined;
  /**
   * `false` for a link that signs itself: it is sent with the headers given here and nothing else, and may redirect to
   * another host. Every other call has the token, and stays on the Hub.
   */
  readonly addsToken?: boolean | undefined;
  /** What a 2xx answer must be; `no-page`: anything but the web page of something in between. */
  readonly expects?: 'json' | 'text' | 'no-page' | undefined;
  /**
   * Whether doing it twice is the same as doing it once. Where it is not, an answer that got lost is not followed by
   * a second try but by `LostAnswer`: the caller must look at what happened.
   */
  readonly repeatable: boolean;
  /** Milliseconds for one try, from the first byte sent to the last received. */
  readonly deadlineMs?: number | undefined;
}

export type Body = string | StreamedBody;

/** A body that is made again for each try, so that nothing large stays in memory. */
export interface StreamedBody {
  /** Bytes. */
  readonly length: number;
  stream(): AsyncIterable<Uint8Array>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8. */
  readonly text: string;
  /** The text as JSON where the call expects that and the status is 2xx; else undefined. */
  readonly json: unknown;
}
