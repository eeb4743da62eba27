import { Failure } from '../base/failure.ts';
import type { World } from '../edges/world.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { exchangeToken } from './exchange-token.ts';
import type { Session } from './hub.ts';

/**
 * Signs in with the token that was given, or else with one that is exchanged for the identity of this job.
 *
 * @throws Failure `credentials` when there is neither, or the Hub knows no such publisher
 */
export async function signIn(inputs: Inputs, world: World, onNotice: (line: string) => void): Promise<Session> {
  const { fetch, clock, signal, runner } = world;
  const session = (token: string | undefined): Session => {
    return { hub: { url: inputs.hubUrl, token }, fetch, clock, signal, onNotice, redact: runner.redact };
  };
  if (inputs.token !== undefined) return session(inputs.token.value);
  const idToken = await runner.idToken(inputs.hubUrl);
  if (idToken === undefined) throw noCredentials(inputs);
  const exchanged = await exchangeToken(session(undefined), inputs.space, idToken);
  if (exchanged.kind === 'refused') throw exchangeRefused(inputs, exchanged.message, claimsOf(idToken));
  runner.mask(exchanged.token);
  return session(exchanged.token);
}

function noCredentials({ space, run }: Inputs): Failure {
  return new Failure('credentials', {
    where: 'input `token`',
    what: `There is no token to deploy to ${space.id} with.`,
    ...(run.isDependabot === true ? FOR_DEPENDABOT : FOR_EVERYBODY),
  });
}

const FOR_EVERYBODY = {
  cause:
    'The input `token` is empty, HF_TOKEN is not set, and the job has no identity to exchange. A pull request from a fork gets no secrets.',
  fix: 'Keep a token with write access as a GitHub secret and pass it as `token`, or give the job `permissions: id-token: write` and make it a trusted publisher of the Space.',
};

/** https://docs.github.com/en/code-security/dependabot/working-with-dependabot/automating-dependabot-with-github-actions */
const FOR_DEPENDABOT = {
  cause: 'Dependabot started this run. Its runs get no secrets of GitHub Actions, only those of Dependabot.',
  fix: "Add the same secrets under Settings → Secrets and variables → Dependabot, or skip the job with `if: github.actor != 'dependabot[bot]'`.",
};

/** What GitHub says of the job, as the Space's settings ask for it; not verified here, the Hub does that. */
function claimsOf(idToken: string): Readonly<Record<string, string>> {
  try {
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const ref = String(claims['ref'] ?? '');
    return {
      repository: String(claims['repository'] ?? ''),
      branch: ref.replace('refs/heads/', ''),
      workflow: String(claims['workflow'] ?? ''),
    };
  } catch {
    return {};
  }
}

function exchangeRefused(
  { space, hubUrl }: Inputs,
  message: string,
  claims: Readonly<Record<string, string>>,
): Failure {
  const entries = Object.entries(claims).map(([name, value]) => `${name}: ${value}`);
  return new Failure('credentials', {
    where: 'POST /oauth/token',
    what: `The Hub does not take this job for a trusted publisher of ${space.id}: ${message}`,
    cause: 'The Space is not there yet (this way cannot create one), or its publisher has other claims than this job.',
    fix: `Enter exactly these under Trusted publishers at ${hubUrl}/spaces/${space.id}/settings: ${entries.join(', ')}.`,
    evidence: entries,
  });
}
