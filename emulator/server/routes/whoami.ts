import type { FastifyInstance } from 'fastify';
import { type Account, pays } from '../accounts/account.ts';
import { objectId } from '../accounts/accounts.ts';
import type { Caller } from '../accounts/caller.ts';
import { loginNeeded } from '../http/refusals.ts';
import type { World } from '../world/world.ts';

/** Who a token belongs to and what it may do (hub-contract §4.1). */
export function whoamiRoute(app: FastifyInstance, world: World): void {
  app.get('/api/whoami-v2', async (request) => {
    const caller = world.accounts.caller(request.headers.authorization);
    if (caller.kind === 'anonymous' || caller.kind === 'oidc') throw loginNeeded();
    const { account } = caller;
    const orgs = account.orgs.flatMap((name) => world.accounts.find(name) ?? []);
    return {
      ...face(account),
      isPro: pays(account),
      canPay: pays(account),
      billingMode: 'prepaid',
      periodEnd: null,
      avatarUrl: avatarUrl(world, account),
      email: `${account.name}@localhost`,
      emailVerified: true,
      orgs: orgs.map((org) => ({
        ...face(org),
        avatarUrl: avatarUrl(world, org),
        // Free organizations have no plan here (hub-contract §4.1).
        plan: org.plan === 'team' ? org.plan : undefined,
        roleInOrg: 'write',
      })),
      auth: { type: 'access_token', accessToken: accessToken(caller, world.now()) },
    };
  });
}

function avatarUrl(world: World, { id }: Account): string {
  return `${world.url}/avatars/${id}.svg`;
}

function face({ type, id, name }: Account): Record<string, string> {
  return { type, id, name, fullname: name };
}

function accessToken(caller: Exclude<Caller, { kind: 'anonymous' | 'oidc' }>, now: Date): Record<string, unknown> {
  const common = { displayName: 'local', createdAt: now.toISOString() };
  if (caller.kind === 'token') return { ...common, role: caller.role };
  const entity = { _id: objectId(`space ${caller.repo}`), type: 'space', name: caller.repo };
  const scoped = [{ entity, permissions: ['repo.content.read', 'repo.write'] }];
  return { ...common, role: 'fineGrained', fineGrained: { canReadGatedRepos: false, global: [], scoped } };
}
