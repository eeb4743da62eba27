import type { Expectation } from '../inputs/inputs.ts';
import type { App } from './app.ts';
import { type HealthAnswer, probe } from './probe.ts';
import { checkContent, type Proof } from './static-content.ts';

/** How an app says that it is healthy. */
export interface HealthCheck {
  readonly path: string;
  /** A second path on which a good answer counts, too: of an earlier version, where it was asked then. */
  readonly otherPath?: string | undefined;
  readonly expectations: readonly Expectation[];
  /** Of a static Space: what it must serve, so that the version can be told. */
  readonly proof?: Proof | undefined;
}

/** Asks the app once whether it is healthy; of a static Space, also whether it serves what was deployed. */
export async function checkHealth(app: App, check: HealthCheck): Promise<HealthAnswer> {
  const [answer, missing] = await Promise.all([
    askOnEither(app, check),
    check.proof === undefined ? undefined : checkContent(app, check.proof),
  ]);
  return answer.ok && missing !== undefined ? { ...answer, ok: false, message: missing } : answer;
}

async function askOnEither(app: App, { path, otherPath, expectations }: HealthCheck): Promise<HealthAnswer> {
  const answer = await probe(app, path, expectations);
  if (answer.ok || otherPath === undefined) return answer;
  const other = await probe(app, otherPath, expectations);
  return other.ok ? other : answer;
}

/** Where apps usually say how they are; the page of their documentation and their first page last, which say less. */
const USUAL_PATHS = ['/health', '/healthz', '/api/health', '/health/', '/_stcore/health', '/docs', '/'];

/**
 * A usual path on which an app is healthy that has nothing, or nothing for us, on the path where it was asked;
 * undefined where the answer is of another kind, or there is no such path.
 */
export async function findWorkingPath(
  app: App,
  asked: string,
  answer: HealthAnswer,
  expectations: HealthCheck['expectations'] = [],
): Promise<string | undefined> {
  const { status = 0 } = answer;
  if (status < 300 || status > 499) return undefined;
  const others = USUAL_PATHS.filter((path) => path !== asked);
  const answers = await Promise.all(others.map((path) => probe(app, path, expectations)));
  return others.find((_, index) => answers[index]?.ok);
}

/** Whether an answer says that the app has nothing here, or nothing for us; some such answers pass. */
export function isRefusal({ status = 0 }: HealthAnswer): boolean {
  return status >= 400 && status <= 499 && ![408, 425, 429].includes(status);
}
