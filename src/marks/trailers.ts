/** The names of git trailers that a deployment leaves on its commit, and reads at the next one. */
const NAMES = {
  sourceCommit: 'Source-Commit',
  sourceUrl: 'Source-Url',
  runUrl: 'Run-Url',
  runId: 'Run-Id',
  environment: 'Environment',
  sourceDigest: 'Source-Digest',
  contentDigest: 'Content-Digest',
  /** Where this version says how it is, when it was told to by an input. */
  healthPath: 'Health-Path',
  /** What an undo goes back to. */
  previousCommit: 'Previous-Commit',
  previousVariables: 'Previous-Variables',
  previousVisibility: 'Previous-Visibility',
  /** Of an undo: the commit that was not well. */
  undoes: 'Undoes',
} as const;

/** What the newest commit says of itself; empty when it is not one of ours. */
export type Trailers = { readonly [key in keyof typeof NAMES]?: string };
export type TrailerValues = { readonly [key in keyof typeof NAMES]?: string | undefined };

/** Whether a commit was made by a deployment, or by the undoing of one. */
export function isOurs({ contentDigest, undoes }: Trailers): boolean {
  return contentDigest !== undefined || undoes !== undefined;
}

/** Trailers as the last paragraph of a commit message. */
export function writeTrailers(values: TrailerValues): string {
  return Object.entries(NAMES)
    .flatMap(([key, name]) => {
      const value = values[key as keyof typeof NAMES];
      return value === undefined ? [] : [`${name}: ${value.replace(/\s+/g, ' ')}`];
    })
    .join('\n');
}

/** Reads them back; of a message without any, nothing. */
export function readTrailers(message: string): Trailers {
  const found = new Map(
    [...message.matchAll(/^([A-Z][A-Za-z-]+): (\S+)\s*$/gm)].map(([, name, value]) => [name, value]),
  );
  return Object.fromEntries(
    Object.entries(NAMES).flatMap(([key, name]) => {
      const value = found.get(name);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
