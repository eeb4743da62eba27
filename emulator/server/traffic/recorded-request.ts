/** One finished HTTP request, as it crossed the wire. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The pattern that answered: `POST /api/spaces/:owner/:name/commit/:rev`. */
  readonly route: string;
  /** `reset` when the connection was cut before any answer. */
  readonly status: number | 'reset';
  /** Bytes of the body that were read. */
  readonly bytesIn: number;
  /** Bytes of the body that were answered. */
  readonly bytesOut: number;
  /** Whether it carried an `Authorization` header. */
  readonly authorized: boolean;
  /** Names in lower case; the value of `authorization` is `***`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first 64 KiB of a JSON, NDJSON or form body; values of secrets are `***`. */
  readonly body?: string | undefined;
}
