import { HubError } from './hub-error.ts';

/**
 * The refusals that many routes share, with the texts of hub-contract §2.2. The Hub sends no code with its 401; this
 * one does, because Python otherwise recognises a missing repository only under https (hub-contract §2.2, §21.1).
 */
export const repoHidden = () =>
  new HubError(401, 'Invalid username or password.', {
    code: 'RepoNotFound',
    headers: { 'www-authenticate': 'Bearer realm="Authentication required"' },
  });

export const loginNeeded = () =>
  new HubError(401, 'Invalid username or password.', {
    headers: { 'www-authenticate': 'Bearer realm="Authentication required"' },
  });

export const badToken = () => new HubError(401, 'Invalid credentials in Authorization header');

export const repoNotFound = () => new HubError(404, 'Repository not found', { code: 'RepoNotFound' });

/** A missing repository, and one that the caller may not see: 401 for nobody, 404 for a user (hub-contract §2.2). */
export const missingFor = (caller: { readonly kind: string }) =>
  caller.kind === 'anonymous' ? repoHidden() : repoNotFound();

export const revisionNotFound = (rev: string) =>
  new HubError(404, `Invalid rev id: ${rev}`, { code: 'RevisionNotFound' });

export const entryNotFound = (message = 'Entry not found') => new HubError(404, message, { code: 'EntryNotFound' });

export const forbidden = (message = 'Authorization error.') => new HubError(403, message);

export const badRequest = (message: string) => new HubError(400, message);

export const paymentRequired = (message: string) => new HubError(402, message);

export const notForStatic = (verb: string) => badRequest(`${verb} is not available for static Spaces`);
