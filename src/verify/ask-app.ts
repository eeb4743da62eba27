import { findOtherPath } from '../health/health-path.ts';
import { checkPageOf } from '../health/page.ts';
import { type HealthAnswer, type ProbeTarget, probe } from '../health/probe.ts';
import { checkContent } from '../health/static-content.ts';
import type { Hub } from '../hub/hub.ts';
import type { VerifyEvent } from './events.ts';
import type { Target } from './target.ts';

/** Asks the app once whether it is well; of a static Space, also whether it serves what was deployed. */
export async function askApp(hub: Hub, target: Target): Promise<HealthAnswer> {
  const [answer, lacking] = await Promise.all([
    askOnEither(hub, target),
    target.proof && checkContent(hub.fetch, target.appUrl, target.proof, tokenFor(hub, target), hub.signal),
  ]);
  return answer.ok && lacking !== undefined ? { ...answer, ok: false, message: lacking } : answer;
}

async function askOnEither(hub: Hub, target: Target): Promise<HealthAnswer> {
  const answer = await ask(hub, target, target.healthPath, target.healthExpect);
  if (answer.ok || target.otherHealthPath === undefined) return answer;
  const other = await ask(hub, target, target.otherHealthPath, target.healthExpect);
  return other.ok ? other : answer;
}

/** A path on which an app answers well that has nothing, or nothing for us, on the one where it was asked. */
export async function answersElsewhere(
  hub: Hub,
  target: Target,
  { status = 0 }: HealthAnswer,
): Promise<string | undefined> {
  if (status < 400 || status > 499) return undefined;
  return findOtherPath(target.healthPath, async (path) => (await ask(hub, target, path, [])).ok);
}

/** What people will stumble over when they open the Space; nothing where nothing was deployed. */
export async function* checkPage(hub: Hub, target: Target): AsyncGenerator<VerifyEvent, void> {
  if (target.page === undefined) return;
  const told = await checkPageOf(hub.fetch, target.appUrl, target.page, tokenFor(hub, target), hub.signal);
  for (const text of told) yield { kind: 'warning', text };
}

function ask(hub: Hub, target: Target, path: string, expectations: ProbeTarget['expectations']): Promise<HealthAnswer> {
  const token = tokenFor(hub, target);
  const request = { url: target.appUrl + path, expectations, redact: hub.redact };
  return probe(hub.fetch, token === undefined ? request : { ...request, token }, hub.signal, hub.clock.now);
}

/** Only a private app is asked with the token. */
function tokenFor(hub: Hub, { isPrivate }: Target): string | undefined {
  return isPrivate ? hub.token : undefined;
}
