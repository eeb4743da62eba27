import { findOtherPath } from '../health/health-path.ts';
import { checkPageOf } from '../health/page.ts';
import { type HealthAnswer, type ProbeTarget, probe } from '../health/probe.ts';
import { checkContent } from '../health/static-content.ts';
import type { Session } from '../hub/hub.ts';
import type { VerifyEvent } from './events.ts';
import type { Target } from './target.ts';

/** Asks the app once whether it is well; of a static Space, also whether it serves what was deployed. */
export async function askApp(session: Session, target: Target): Promise<HealthAnswer> {
  const [answer, lacking] = await Promise.all([
    askOnEither(session, target),
    target.proof && checkContent(session.fetch, target.appUrl, target.proof, tokenFor(session, target), session.signal),
  ]);
  return answer.ok && lacking !== undefined ? { ...answer, ok: false, message: lacking } : answer;
}

async function askOnEither(session: Session, target: Target): Promise<HealthAnswer> {
  const answer = await ask(session, target, target.healthPath, target.healthExpect);
  if (answer.ok || target.otherHealthPath === undefined) return answer;
  const other = await ask(session, target, target.otherHealthPath, target.healthExpect);
  return other.ok ? other : answer;
}

/** A path on which an app answers well that has nothing, or nothing for us, on the one where it was asked. */
export async function answersElsewhere(
  session: Session,
  target: Target,
  { status = 0 }: HealthAnswer,
): Promise<string | undefined> {
  if (status < 400 || status > 499) return undefined;
  return findOtherPath(target.healthPath, async (path) => (await ask(session, target, path, [])).ok);
}

/** What people will stumble over when they open the Space; nothing where nothing was deployed. */
export async function* checkPage(session: Session, target: Target): AsyncGenerator<VerifyEvent, void> {
  if (target.page === undefined) return;
  const told = await checkPageOf(session.fetch, target.appUrl, target.page, tokenFor(session, target), session.signal);
  for (const text of told) yield { kind: 'warning', text };
}

function ask(
  session: Session,
  target: Target,
  path: string,
  expectations: ProbeTarget['expectations'],
): Promise<HealthAnswer> {
  const token = tokenFor(session, target);
  const request = { url: target.appUrl + path, expectations, redact: session.redact };
  return probe(session.fetch, token === undefined ? request : { ...request, token }, session.signal, session.clock.now);
}

/** Only a private app is asked with the token. */
function tokenFor(session: Session, { isPrivate }: Target): string | undefined {
  return isPrivate ? session.hub.token : undefined;
}
