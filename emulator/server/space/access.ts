import type { FastifyRequest } from 'fastify';
import type { Readings } from '../../readings.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type Caller, mayPropose, mayRead, mayWrite } from '../accounts/caller.ts';
import { HubError } from '../http/hub-error.ts';
import { forbidden, loginNeeded, missingFor, repoHidden } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import type { Space } from './space.ts';
import type { Spaces } from './spaces.ts';

/** The accounts and the Spaces that there are, and how the Hub is. */
export interface Directory {
  readonly accounts: Accounts;
  readonly spaces: Spaces;
  readonly readings: Readings;
}

export interface Access {
  readonly space: Space;
  readonly caller: Caller;
}

/** The Space of the path, if the caller may see it. A missing and a hidden one look the same (hub-contract §2.2). */
export function readable(directory: Directory, request: FastifyRequest): Access {
  const caller = directory.accounts.caller(request.headers.authorization);
  const id = `${param(request, 'owner')}/${param(request, 'name')}`;
  const space = directory.spaces.find(id) ?? formerly(directory, id);
  if (!space || !mayRead(caller, space)) throw missingFor(caller);
  if (space.id !== id) throw renamed(request.originalUrl, id, space.id);
  return { space, caller };
}

/** The same for a caller who wants to change it. */
export function writable(directory: Directory, request: FastifyRequest, refusal?: string): Access {
  const access = readable(directory, request);
  if (mayWrite(access.caller, access.space)) return access;
  throw access.caller.kind === 'anonymous' ? repoHidden() : forbidden(refusal);
}

/** The same for a caller who makes a pull request, or gets ready for one (hub-contract §11). */
export function proposable(directory: Directory, request: FastifyRequest): Access {
  const access = readable(directory, request);
  if (mayPropose(access.caller, access.space)) return access;
  throw access.caller.kind === 'anonymous' ? loginNeeded() : forbidden();
}

/**
 * The same for a caller who uploads large files. Without a ref they are for a pull request, which everybody may make
 * who can see the Space (hub-contract §10.1).
 */
export function uploadable(directory: Directory, request: FastifyRequest, hasRef: boolean): Access {
  return hasRef ? writable(directory, request) : proposable(directory, request);
}

/** The same for settings, logs and the verbs of the runtime, which may be too much for a publisher's token (U6). */
export function manageable(directory: Directory, request: FastifyRequest): Access {
  const access = writable(directory, request);
  if (access.caller.kind === 'oidc' && directory.readings.U6 !== 'b') throw forbidden();
  return access;
}

/** What becomes of a former id is not established (hub-contract §24, U19). */
function formerly({ spaces, readings }: Directory, id: string): Space | undefined {
  return readings.U19 === 'a' ? spaces.findFormer(id) : undefined;
}

/** Redirects a former id, or one in another case, to a relative address (hub-contract §1). */
function renamed(url: string, from: string, to: string): HubError {
  const location = url.replace(`/${from}`, `/${to}`);
  const text = `Temporary Redirect. Redirecting to ${location}`;
  return new HubError(307, text, { text: true, headers: { location } });
}
