export interface HubErrorDetails {
  /** `X-Error-Code`. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** More keys of the JSON body, beside `error`. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Without `X-Error-Message`. */
  readonly onlyInBody?: boolean;
  /** Sent as plain text instead of JSON. */
  readonly text?: boolean;
}

/** An answer that is not a success, in the words of the Hub (hub-contract §2). */
export class HubError extends Error {
  readonly status: number;
  readonly details: HubErrorDetails;

  constructor(status: number, message: string, details: HubErrorDetails = {}) {
    super(message);
    this.name = 'HubError';
    this.status = status;
    this.details = details;
  }
}
