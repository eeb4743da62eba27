import type { FastifyInstance } from 'fastify';
import type { JWTPayload } from 'jose';
import type { Readings } from '../../readings.ts';
import type { SeedPublisher } from '../../seed.ts';
import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import type { World } from '../world/world.ts';

const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const idToken = 'urn:ietf:params:oauth:token-type:id_token';
const accessToken = 'urn:ietf:params:oauth:token-type:access_token';

/** Exchanges the ID token of a CI job for a token that writes one Space (hub-contract §4.2). */
export function oauthTokenRoute(app: FastifyInstance, world: World): void {
  app.post('/oauth/token', async (request) => {
    const body = new Fields(request.body);
    if (body.optionalText('grant_type') !== exchange) throw refused('unsupported_grant_type', 'Unknown grant type');
    const resource = body.optionalText('resource') ?? '';
    const subject = body.optionalText('subject_token');
    if (body.optionalText('subject_token_type') !== idToken || !subject || resource === '') {
      throw refused('invalid_request', 'subject_token, subject_token_type and resource are required');
    }
    // Without `spaces/` it is a model, and there are no models here.
    const [, id] = /^spaces\/([^/]+\/[^/]+)$/.exec(resource) ?? [];
    if (!id) throw refused('invalid_grant', 'The token cannot be exchanged for this resource');
    const claims = await claimsOf(world, subject);
    const space = world.spaces.find(id);
    const trusted = world.seed.publishers.some(
      (publisher) => isSame(publisher.space, id) && meets(publisher, claims, world.readings.U8),
    );
    // Whether the Space exists is not revealed.
    if (!space || !trusted) throw refused('invalid_grant', 'The token cannot be exchanged for this resource');
    const { token, expiresInSeconds } = world.accounts.issueCiToken(space.id);
    return { access_token: token, token_type: 'bearer', expires_in: expiresInSeconds, issued_token_type: accessToken };
  });
}

/** The audience is huggingface.co, or this Hub for Python, which sends its endpoint (hub-contract §4.2). */
async function claimsOf(world: World, token: string): Promise<JWTPayload> {
  try {
    return await world.identityProvider.verify(token, ['https://huggingface.co', world.url]);
  } catch {
    throw refused('invalid_grant', 'The token cannot be exchanged for this resource');
  }
}

function meets(publisher: SeedPublisher, claims: JWTPayload, names: Readings['U8']): boolean {
  const { repository, branch, workflow } = publisher;
  return (
    claims['repository'] === repository &&
    (branch === undefined || claims['branch'] === branch || claims['ref'] === `refs/heads/${branch}`) &&
    (workflow === undefined || workflowNames(claims, names).includes(workflow))
  );
}

/** What may stand for the workflow: which of its names it is, is not established (hub-contract §24, U8). */
function workflowNames(claims: JWTPayload, names: Readings['U8']): unknown[] {
  const [file, title] = [workflowFile(claims), claims['workflow']];
  return { a: [file], b: [title], c: [file, title] }[names];
}

/** `ci.yml` of `owner/name/.github/workflows/ci.yml@refs/heads/main`. */
function workflowFile(claims: JWTPayload): string | undefined {
  return /([^/@]+)@/.exec(String(claims['workflow_ref'] ?? ''))?.[1];
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function refused(code: string, description: string): HubError {
  return new HubError(400, code, { more: { error_description: description } });
}
