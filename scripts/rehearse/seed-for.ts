import { defaultSeed, type Seed } from '../../emulator/seed.ts';

/** Opens every Space of a rehearsal. */
export const TOKEN = 'hf_me_write';

/** The usual users, and the owners of the Spaces to deploy, as organizations in which `me` may write. */
export function seedFor(spaces: readonly string[]): Seed {
  const known = new Set(defaultSeed.users.map(({ name }) => name.toLowerCase()));
  const owners = spaces
    .map((space) => space.split('/').at(-2) ?? '')
    .filter((owner) => owner !== '' && !known.has(owner.toLowerCase()));
  const users = defaultSeed.users.map((user) =>
    user.name === 'me' ? { ...user, orgs: [...(user.orgs ?? []), ...owners] } : user,
  );
  return {
    ...defaultSeed,
    users: [...users, ...[...new Set(owners)].map((name) => ({ name, plan: 'team', type: 'org' }) as const)],
  };
}
