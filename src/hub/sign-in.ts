import { Failure } from '../base/failure.ts';
import type { World } from '../edges/world.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type Exchanged, exchangeToken } from './exchange-token.ts';
import type { Session } from './hub.ts';
import { claimsOf } from './publisher.ts';
import { type Grant, renewingSession } from './renewal.ts';

/**
 * Signs in with the token that was given, or else with one that is exchanged for the identity of this job.
 *
 * @throws Failure `credentials` when there is neither, or the Hub knows no such publisher
 */
export async function signIn(
  inputs: Inputs,
  world: World,
  { onNotice, onProgress }: Pick<Session, 'onNotice' | 'onProgress'>,
): Promise<Session> {
  const { fetch, clock, shell, signal, runner } = world;
  const session = { fetch, clock, shell, signal, onNotice, onProgress, redact: runner.redact, mask: runner.mask };
  if (inputs.token !== undefined) return { ...session, hub: { url: inputs.hubUrl, token: inputs.token.value } };
  return renewingSession(session, inputs.hubUrl, async () => {
    const grant = await exchangeIdentity({ ...session, hub: { url: inputs.hubUrl } }, inputs, world);
    runner.mask(grant.token);
    return grant;
  });
}

async function exchangeIdentity(session: Session, inputs: Inputs, { runner }: World): Promise<Grant> {
  const idToken = (await runner.idToken(inputs.hubUrl)) ?? idTokenIn(runner);
  if (idToken === undefined) throw noCredentials(inputs);
  const exchanged = await exchangeToken(session, inputs.space, idToken);
  if (exchanged.kind === 'refused') throw exchangeRefused(inputs, exchanged, idToken);
  return exchanged;
}

/** Other CI systems hand over their identity in the variable that the Hub's own client reads (hub-contract §4.2). */
function idTokenIn({ env, mask }: World['runner']): string | undefined {
  const idToken = env['HF_OIDC_ID_TOKEN']?.trim();
  if (!idToken) return undefined;
  mask(idToken);
  return idToken;
}

function noCredentials({ space, run }: Inputs): Failure {
  return new Failure('credentials', {
    where: 'input `token`',
    what: `There is no token to deploy to ${space.id} with.`,
    ...(run.isDependabot === true ? FOR_DEPENDABOT : run.system === undefined ? FOR_EVERYBODY : forSystem(run.system)),
  });
}

const FOR_EVERYBODY = {
  cause:
    'The input `token` is empty, HF_TOKEN is not set, and the job has no identity to exchange. A pull request from a fork gets no secrets.',
  fix: 'Keep a token with write access as a GitHub secret and pass it as `token`, or give the job `permissions: id-token: write` and make it a trusted publisher of the Space.',
};

function forSystem(system: string) {
  return {
    cause: 'The input `token` is empty, and neither HF_TOKEN nor HF_OIDC_ID_TOKEN is set.',
    fix: `Keep a token with write access as a masked variable HF_TOKEN in ${system}; or let the job ask for an ID token with the Hub's address as audience, hand it on as HF_OIDC_ID_TOKEN, and make the job a trusted publisher of the Space.`,
  };
}

/** https://docs.github.com/en/code-security/dependabot/working-with-dependabot/automating-dependabot-with-github-actions */
const FOR_DEPENDABOT = {
  cause: 'Dependabot started this run. Its runs get no secrets of GitHub Actions, only those of Dependabot.',
  fix: "Add the same secrets under Settings → Secrets and variables → Dependabot, or skip the job with `if: github.actor != 'dependabot[bot]'`.",
};

const FORM = 'Enter exactly these under Trusted publishers at';
const OTHER_FORM =
  'Choose the provider under Trusted publishers, and enter what is asked for there as the token of this job has it, at';

function exchangeRefused(
  { space, hubUrl }: Inputs,
  { message, where }: Extract<Exchanged, { kind: 'refused' }>,
  idToken: string,
): Failure {
  const { toEnter, isForm, hint } = claimsOf(idToken);
  const lines = toEnter.map(([name, value]) => `${name}: ${value}`);
  const settings = `${hubUrl}/spaces/${space.id}/settings`;
  return new Failure('credentials', {
    where,
    what: `The Hub does not accept this job as a trusted publisher of ${space.id}: ${message}`,
    cause:
      'The Space does not exist yet (this way cannot create one), or its publisher has other claims than this job.',
    fix: [`${isForm ? FORM : OTHER_FORM} ${settings}: ${lines.join(', ')}.`, hint].filter(Boolean).join(' '),
    evidence: lines,
  });
}
