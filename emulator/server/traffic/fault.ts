export interface Fault {
  /** As in `RecordedRequest.route`, or `*`. */
  readonly route: string;
  /** Which matching calls, counted from when the fault was set; the first when absent. */
  readonly on?: number | readonly number[] | 'every';
  readonly then: FaultAction;
}

export type FaultAction =
  /** Answers this and does nothing. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** Waits, then goes on. */
  | { readonly delayMs: number }
  /** Cuts the connection before acting, or after having acted. */
  | { readonly reset: 'before' | 'after' }
  /** Acts, sends half of the answer with its full content-length, and cuts the connection. */
  | { readonly truncate: true };
