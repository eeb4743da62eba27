import type { AppResponse } from '../health/app.ts';
import type { HealthAnswer } from '../health/probe.ts';
import type { Session } from '../hub/hub.ts';
import type { Target } from './target.ts';

/** The proxy of a private app may not take a publisher's token, and answers 404 on every path (hub-contract §24, U7). */
export function isHiddenFrom({ renewal }: Session, { isPrivate }: Target, answer: HealthAnswer | AppResponse): boolean {
  const { status, replica } = { status: undefined, replica: undefined, ...answer };
  return isPrivate && renewal !== undefined && status === 404 && replica === undefined;
}
