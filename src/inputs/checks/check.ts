import type { Expectation } from '../lines.ts';

/** A request that the new version must answer as said. */
export interface Check {
  readonly method: Method;
  /** With its query. */
  readonly path: string;
  /** By name, in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly expect: ExpectedAnswer;
}

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof METHODS)[number];

export interface ExpectedAnswer {
  readonly status: ExpectedStatus;
  /** What the body must say. */
  readonly says: readonly Expectation[];
  /** By name, with the whole value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds that the answer may take. */
  readonly withinMs?: number | undefined;
}

/** `200`, or `2xx`. */
export interface ExpectedStatus {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What counts when nothing is said. */
export const SUCCESS: ExpectedStatus = { text: '2xx', from: 200, to: 299 };

/** How long one entry is asked again at most, in milliseconds. */
export const PATIENCE_MS = 30_000;
