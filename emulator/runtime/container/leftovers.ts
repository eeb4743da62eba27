import { ask, type Client } from './client.ts';
import { isGone, LABEL } from './owner.ts';

/** Removes what rehearsals left behind that were killed; those under way, and all that is not labelled, stay. */
export async function removeLeftovers(client: Client): Promise<void> {
  const owners = new Set([...(await ownersOf(client, 'container')), ...(await ownersOf(client, 'image'))]);
  for (const owner of owners) if (isGone(owner)) await removeAllOf(client, owner);
}

/** Removes the containers, with their anonymous volumes, and the images of one owner. The build cache stays. */
export async function removeAllOf(client: Client, owner: string): Promise<void> {
  const filter = ['--filter', `label=${LABEL}=${owner}`];
  const containers = await idsFrom(client, ['ps', '--all', '--quiet', '--no-trunc', ...filter]);
  await removeContainers(client, containers);
  // By name where it has one: an image to which the person gave another name is only untagged.
  const { lines } = await ask(client, ['images', ...filter, '--format', '{{.Repository}}:{{.Tag}} {{.ID}}']);
  for (const line of lines) {
    const [, name, id] = /^(\S+) (\S+)$/.exec(line) ?? [];
    if (name?.includes(REPOSITORY)) await removeImage(client, name);
    // podman labels the steps of its build cache, too.
    else if (name === '<none>:<none>' && id !== undefined && client.kind === 'docker') await removeImage(client, id);
  }
}

/** Ends and removes containers, with their anonymous volumes. */
export async function removeContainers(client: Client, names: readonly string[]): Promise<void> {
  // docker kills at once; podman would wait for the app's end.
  const atOnce = client.kind === 'podman' ? ['--time', '0'] : [];
  if (names.length > 0) await ask(client, ['rm', '--force', '--volumes', ...atOnce, ...names]);
}

/** Every image is `spaceport-rehearsal/…`; podman says `localhost/` before it. */
export const REPOSITORY = 'spaceport-rehearsal/';

export async function removeImage(client: Client, image: string): Promise<void> {
  // Its parents are podman's build cache; docker's is kept elsewhere.
  const keepCache = client.kind === 'podman' ? ['--no-prune'] : [];
  await ask(client, ['rmi', ...keepCache, image]);
}

async function ownersOf(client: Client, kind: 'container' | 'image'): Promise<string[]> {
  const list = kind === 'container' ? ['ps', '--all'] : ['images'];
  const ids = await idsFrom(client, [...list, '--quiet', '--no-trunc', '--filter', `label=${LABEL}`]);
  if (ids.length === 0) return [];
  const { lines } = await ask(client, [kind, 'inspect', '--format', `{{index .Config.Labels "${LABEL}"}}`, ...ids]);
  return lines.filter((line) => line !== '');
}

async function idsFrom(client: Client, args: readonly string[]): Promise<string[]> {
  const { code, lines } = await ask(client, args);
  return code === 0 ? [...new Set(lines.filter((line) => /^(sha256:)?[0-9a-f]{12,64}$/.test(line)))] : [];
}
