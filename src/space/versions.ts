import { allCommits, type HeadCommit, newestCommits } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { isOurs, readTrailers, type Trailers } from '../marks/trailers.ts';

/** A commit of ours in the history of a Space: a version that was deployed, or one that was restored. */
export interface Version {
  readonly commit: string;
  readonly kind: 'deployment' | 'rollback';
  /** ISO 8601, by the Hub's clock, to the second. */
  readonly date?: string | undefined;
  readonly environment?: string | undefined;
  /** Of the repository that was deployed. */
  readonly sourceCommit?: string | undefined;
  readonly sourceUrl?: string | undefined;
  readonly runUrl?: string | undefined;
  /** Whether it is the newest commit of the Space. */
  readonly current: boolean;
  /** All that it says of itself. */
  readonly trailers: Trailers;
}

/** The history of a Space, newest first, with our own commits among it. */
export interface History {
  readonly commits: readonly HeadCommit[];
  readonly versions: readonly Version[];
}

/** Our commits among those of a Space, newest first; what they say of themselves is untrusted. Pure. */
export function historyOf(commits: readonly HeadCommit[]): History {
  const versions = commits.flatMap((commit, index): Version[] => {
    const trailers = readTrailers(commit.message);
    if (!isOurs(trailers)) return [];
    const { environment, sourceCommit, sourceUrl, runUrl } = trailers;
    return [
      {
        commit: commit.id,
        kind: trailers.undoes === undefined ? 'deployment' : 'rollback',
        date: commit.date,
        environment,
        sourceCommit,
        sourceUrl,
        runUrl,
        current: index === 0,
        trailers,
      },
    ];
  });
  return { commits, versions };
}

/** What was deployed to a Space and restored in it, among its newest `most` commits (at most 1,000), newest first. */
export async function readVersions(session: Session, id: string, most = 100): Promise<readonly Version[]> {
  return historyOf(await newestCommits(session, id, most)).versions;
}

/** The whole history of a Space. */
export async function readHistory(session: Session, id: string): Promise<History> {
  return historyOf(await allCommits(session, id));
}
