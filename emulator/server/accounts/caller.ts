import type { Account } from './account.ts';

/** Who sends a request, by the token that came with it. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly account: Account; readonly role: 'read' | 'write' }
  /** May touch one repo only. */
  | { readonly kind: 'fineGrained'; readonly account: Account; readonly repo: string }
  /** A CI job with an exchanged ID token: writes one existing repo, belongs to nobody (hub-contract §4.2). */
  | { readonly kind: 'oidc'; readonly repo: string };

/** What decides who may see and change a Space. */
export interface Guarded {
  readonly id: string;
  readonly owner: string;
  readonly visibility: 'public' | 'private' | 'protected';
}

/** A protected Space hides its source like a private one; only its app is public (hub-contract §5.4). */
export function mayRead(caller: Caller, space: Guarded): boolean {
  return space.visibility === 'public' || isInside(caller, space);
}

export function mayWrite(caller: Caller, space: Guarded): boolean {
  return isInside(caller, space) && !(caller.kind === 'token' && caller.role === 'read');
}

/** Whoever sees a Space may propose a change of it, but not with a token that only reads, or that is for another Space. */
export function mayPropose(caller: Caller, space: Guarded): boolean {
  const isUser = caller.kind === 'token' && caller.role === 'write';
  return mayWrite(caller, space) || (isUser && mayRead(caller, space));
}

export function mayCreateUnder(caller: Caller, owner: string): boolean {
  return caller.kind === 'token' && caller.role === 'write' && belongsTo(caller.account, owner);
}

/** The author of this caller's commits; those of CI jobs have a made-up name (hub-contract §4.2). */
export function authorName(caller: Caller): string {
  if (caller.kind === 'anonymous') return 'anonymous';
  return caller.kind === 'oidc' ? '[OIDC]' : caller.account.name;
}

/** Name and address of this caller in git. */
export function authorOf(caller: Caller): { readonly name: string; readonly email: string } {
  const name = authorName(caller);
  return { name, email: `${name.replaceAll(/\W/g, '')}@users.noreply.huggingface.co` };
}

function isInside(caller: Caller, space: Guarded): boolean {
  switch (caller.kind) {
    case 'anonymous':
      return false;
    case 'token':
      return belongsTo(caller.account, space.owner);
    case 'fineGrained':
      return belongsTo(caller.account, space.owner) && sameId(caller.repo, space.id);
    case 'oidc':
      return sameId(caller.repo, space.id);
  }
}

function belongsTo(account: Account, owner: string): boolean {
  return [account.name, ...account.orgs].some((name) => sameId(name, owner));
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
