/** The git trailers that a deployment leaves on its commit, and reads again at the next one. */
const NAMES = {
  sourceCommit: 'Source-Commit',
  sourceUrl: 'Source-Url',
  runUrl: 'Run-Url',
  runId: 'Run-Id',
  /** In place of all names, where visitors of the Space may not learn them. */
  repositoryHash: 'Repository-Hash',
  environment: 'Environment',
  sourceDigest: 'Source-Digest',
  contentDigest: 'Content-Digest',
  /** Where the health of this version is asked, when an input said so. */
  healthPath: 'Health-Path',
  /** What a rollback goes back to. */
  previousCommit: 'Previous-Commit',
  previousVariables: 'Previous-Variables',
  previousVisibility: 'Previous-Visibility',
  /** All settings before it, so that a person can go back to them later. */
  previousSettings: 'Previous-Settings',
  /** Of a rollback: the commit that it replaced. */
  undoes: 'Undoes',
  /** Of a rollback that a person asked for: the commit whose files it has. */
  rolledBackTo: 'Rolled-Back-To',
} as const;

/** Commits of the Space: the Hub is asked for them by their ids, in the path of a request. */
const COMMITS: readonly string[] = ['previousCommit', 'undoes', 'rolledBackTo'] satisfies (keyof typeof NAMES)[];

/** What a commit says of itself; empty when it is not one of ours. */
export type Trailers = { readonly [key in keyof typeof NAMES]?: string | undefined };

/** Whether a commit was made by a deployment or by its rollback. */
export function isOurs({ contentDigest, undoes }: Trailers): boolean {
  return contentDigest !== undefined || undoes !== undefined;
}

/** Trailers as the last paragraph of a commit message. */
export function writeTrailers(values: Trailers): string {
  return Object.entries(NAMES)
    .flatMap(([key, name]) => {
      const value = values[key as keyof typeof NAMES];
      return value === undefined ? [] : [`${name}: ${value.replace(/\s+/g, ' ')}`];
    })
    .join('\n');
}

/**
 * Reads the trailers of a commit message; a message without trailers has none. Whoever commits to the Space may have
 * written them: what should name a commit and is no whole id is left out.
 */
export function readTrailers(message: string): Trailers {
  const found = new Map(
    [...message.matchAll(/^([A-Z][A-Za-z-]+): (\S+)\s*$/gm)].map(([, name, value]) => [name, value]),
  );
  return Object.fromEntries(
    Object.entries(NAMES).flatMap(([key, name]) => {
      const value = found.get(name);
      const isNone = value === undefined || (COMMITS.includes(key) && !/^[0-9a-f]{40,64}$/.test(value));
      return isNone ? [] : [[key, value]];
    }),
  );
}
