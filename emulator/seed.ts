export type Plan = 'free' | 'pro' | 'team';

export interface SeedUser {
  readonly name: string;
  readonly plan: Plan;
  readonly type?: 'user' | 'org';
  /** Organizations that a user belongs to, with the right to write. */
  readonly orgs?: readonly string[];
}

export interface SeedToken {
  readonly token: string;
  readonly user: string;
  readonly role: 'read' | 'write' | 'fineGrained';
  /** `owner/name`: all that a fine-grained token may touch. */
  readonly repo?: string;
}

/** A trusted publisher: the CI job whose ID token is exchanged for write access to one Space (hub-contract §4.2). */
export interface SeedPublisher {
  readonly space: string;
  readonly repository: string;
  readonly branch?: string;
  readonly workflow?: string;
}

export interface Seed {
  readonly users: readonly SeedUser[];
  readonly tokens: readonly SeedToken[];
  readonly publishers: readonly SeedPublisher[];
}

/** The accounts of a local Hub without a seed of its own. */
export const defaultSeed: Seed = {
  users: [
    { name: 'me', plan: 'pro', orgs: ['acme'] },
    { name: 'free', plan: 'free' },
    { name: 'acme', plan: 'team', type: 'org' },
  ],
  tokens: [
    { token: 'hf_me_write', user: 'me', role: 'write' },
    { token: 'hf_me_read', user: 'me', role: 'read' },
    { token: 'hf_free_write', user: 'free', role: 'write' },
  ],
  publishers: [],
};
