import { otherPath } from '../health/health-path.ts';
import { lookAtPage } from '../health/page.ts';
import { type HealthAnswer, type ProbeTarget, probe } from '../health/probe.ts';
import { lacksProof } from '../health/static-content.ts';
import type { Hub } from '../hub/hub.ts';
import type { VerifyEvent } from './events.ts';
import type { Claim } from './target.ts';

/** Asks the app once whether it is well; of a static Space, also whether it serves what was deployed. */
export async function askApp(hub: Hub, claim: Claim): Promise<HealthAnswer> {
  const [answer, lacking] = await Promise.all([
    askOnEither(hub, claim),
    claim.proof && lacksProof(hub.fetch, claim.appUrl, claim.proof, tokenFor(hub, claim), hub.signal),
  ]);
  return answer.ok && lacking !== undefined ? { ...answer, ok: false, said: lacking } : answer;
}

async function askOnEither(hub: Hub, claim: Claim): Promise<HealthAnswer> {
  const answer = await ask(hub, claim, claim.healthPath, claim.healthExpect);
  if (answer.ok || claim.otherHealthPath === undefined) return answer;
  const other = await ask(hub, claim, claim.otherHealthPath, claim.healthExpect);
  return other.ok ? other : answer;
}

/** A path on which an app answers well that has nothing, or nothing for us, on the one where it was asked. */
export async function answersElsewhere(
  hub: Hub,
  claim: Claim,
  { status = 0 }: HealthAnswer,
): Promise<string | undefined> {
  if (status < 400 || status > 499) return undefined;
  return otherPath(claim.healthPath, async (path) => (await ask(hub, claim, path, [])).ok);
}

/** What people will stumble over when they open the Space; nothing where nothing was deployed. */
export async function* whatPeopleSee(hub: Hub, claim: Claim): AsyncGenerator<VerifyEvent, void> {
  if (claim.page === undefined) return;
  const told = await lookAtPage(hub.fetch, claim.appUrl, claim.page, tokenFor(hub, claim), hub.signal);
  for (const text of told) yield { kind: 'warning', text };
}

function ask(hub: Hub, claim: Claim, path: string, expectations: ProbeTarget['expectations']): Promise<HealthAnswer> {
  const token = tokenFor(hub, claim);
  const target = { url: claim.appUrl + path, expectations, redact: hub.redact };
  return probe(hub.fetch, token === undefined ? target : { ...target, token }, hub.signal, hub.clock.now);
}

/** Only a private app is asked with the token. */
function tokenFor(hub: Hub, { isPrivate }: Claim): string | undefined {
  return isPrivate ? hub.token : undefined;
}
