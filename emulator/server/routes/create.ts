import type { FastifyInstance } from 'fastify';
import type { Addition } from '../../git/write-commit.ts';
import { authorName, authorOf, type Caller, mayCreateUnder } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import { notModelled } from '../http/not-modelled.ts';
import { badRequest, forbidden, loginNeeded, notForStatic } from '../http/refusals.ts';
import { LICENSES } from '../space/licenses.ts';
import { checkPlan } from '../space/plan-rules.ts';
import { repoNameProblem } from '../space/repo-name.ts';
import { readSettings } from '../space/settings.ts';
import { readVisibility } from '../space/visibility.ts';
import { readVolumes } from '../space/volumes.ts';
import type { World } from '../world/world.ts';
import { refuseHidden } from './volumes.ts';

/** Creates a Space with one commit by its creator (hub-contract §5.1). */
export function createRoute(app: FastifyInstance, world: World): void {
  app.post('/api/repos/create', async (request) => {
    const body = new Fields(request.body);
    if (body.text('type') !== 'space') throw notModelled(`repositories of type ${body.text('type')}`);
    if (body.has('template')) throw notModelled('"template" in repos/create');
    const caller = world.accounts.caller(request.headers.authorization);
    const id = newId(body, caller);
    const sdk = readSdk(body);
    const visibility = readVisibility(body) ?? 'public';
    const flavor = body.optionalText('hardware');
    checkPlan(world.accounts, id, { sdk, visibility, flavor, devMode: body.flag('devModeEnabled') ?? false });
    refuseTaken(world, id);
    const volumes = readVolumes(body.objects('volumes'));
    if (volumes.length > 0 && sdk === 'static') throw notForStatic('Volumes');
    refuseHidden(world, volumes, caller);
    const space = await world.spaces.create({
      id,
      sdk,
      sdkVersion: body.optionalText('sdkVersion'),
      license: readLicense(body),
      licenseName: body.optionalText('license_name'),
      licenseLink: body.optionalText('license_link'),
      shortDescription: body.optionalText('short_description'),
      author: authorOf(caller),
      visibility,
      variables: readSettings(body.objects('variables'), world.now()),
      secrets: readSettings(body.objects('secrets'), world.now()),
      volumes: volumes.length > 0 ? volumes : undefined,
      devMode: body.flag('devModeEnabled') ?? false,
      files: body.objects('files').map(readFile),
    });
    if (flavor) space.runtime.setHardware(flavor, body.optionalNumber('sleepTimeSeconds'));
    return { url: `${world.url}/spaces/${space.id}`, name: space.id, id: space.record.key };
  });
}

/** The id under which the caller may create; throws 401 or 403, and 400 for a name that is not allowed. */
export function newId(body: Fields, caller: Caller): string {
  // Tokens of CI jobs cannot create: after this 401, clients look whether the Space exists (hub-contract §4.2).
  if (caller.kind === 'anonymous' || caller.kind === 'oidc') throw loginNeeded();
  const name = body.text('name');
  const owner = body.optionalText('organization') ?? authorName(caller);
  checkNewId(owner, name, caller);
  return `${owner}/${name}`;
}

export function checkNewId(owner: string, name: string, caller: Caller): void {
  const problem = repoNameProblem(name);
  if (problem) throw badRequest(problem);
  if (!mayCreateUnder(caller, owner)) {
    throw forbidden(`You don't have the rights to create a space under the namespace "${owner}"`);
  }
}

/** Throws 409 with the `url` that clients read, and without `X-Error-Message` (hub-contract §2.1, §5.1). */
export function refuseTaken(world: World, id: string): void {
  const taken = world.spaces.find(id);
  if (!taken) return;
  const url = `${world.url}/spaces/${taken.id}`;
  throw new HubError(409, 'You already created this space repo', { more: { url }, onlyInBody: true });
}

function readSdk(body: Fields): string {
  const sdk = body.text('sdk');
  if (['gradio', 'docker', 'static'].includes(sdk)) return sdk;
  throw badRequest('"sdk" must be one of [gradio, docker, static]');
}

function readLicense(body: Fields): string | undefined {
  const license = body.optionalText('license');
  if (license === undefined || LICENSES.includes(license)) return license;
  throw badRequest(`"license" must be one of [${LICENSES.join(', ')}]`);
}

function readFile(file: Fields): Addition {
  const encoding = file.optionalText('encoding') === 'base64' ? 'base64' : 'utf8';
  return { path: file.text('path'), content: Buffer.from(file.text('content'), encoding) };
}
