import type { RunContext } from '../inputs/inputs.ts';
import { homeOf } from '../inputs/run-context.ts';
import { commitPage, repositoryPage } from '../marks/pages.ts';
import { repositoryMark, repositoryOf } from '../marks/repository-mark.ts';
import type { Trailers } from '../marks/trailers.ts';
import type { Source } from '../source/source.ts';

/** Where a commit is made: who can read its message depends on it. */
export interface Audience {
  readonly spaceId: string;
  readonly visibility: string;
}

type SourceCommit = Pick<Source, 'commit' | 'commitUrl'>;
type SourceTrailers = Pick<Trailers, 'sourceCommit' | 'sourceUrl' | 'runUrl' | 'runId' | 'repositoryHash'>;

/**
 * Whether a commit may name the repository of the run: visitors of a public Space may not learn of a repository that
 * they cannot see. One that is not known to be public counts as private.
 */
export function mayNameRepository({ isPublic }: RunContext, { visibility }: Audience): boolean {
  return visibility !== 'public' || isPublic === true;
}

/** Whether a commit may name the commit of the source. It may be of another repository than the run (a submodule). */
export function mayNameCommit(run: RunContext, { commitUrl }: SourceCommit, audience: Audience): boolean {
  const isOfRun = run.url !== undefined && commitUrl !== undefined && repositoryOf(commitUrl) === repositoryOf(run.url);
  return (
    mayNameRepository(run, audience) &&
    (audience.visibility !== 'public' || commitUrl === undefined || isOfRun === true)
  );
}

/** The trailers that say where a commit comes from; in place of a name that may not be told, a hash. */
export async function sourceTrailers(
  run: RunContext,
  source: SourceCommit,
  audience: Audience,
): Promise<SourceTrailers> {
  const { url, id: runId } = run;
  const home = homeOf(run);
  const marked = home !== undefined && !mayNameRepository(run, audience);
  return {
    ...commitTrailers(run, source, audience),
    runUrl: marked ? undefined : url,
    runId,
    repositoryHash: marked ? await repositoryMark(home, audience.spaceId) : undefined,
  };
}

function commitTrailers(run: RunContext, source: SourceCommit, audience: Audience) {
  if (!mayNameCommit(run, source, audience)) return { sourceCommit: undefined, sourceUrl: undefined };
  const { commitUrl } = source;
  // Some CI systems hand over files without their git repository, and say which commit they are of.
  const commit = source.commit ?? run.commit;
  return { sourceCommit: commit, sourceUrl: commit && (commitUrl ?? pageOfRun(run, commit)) };
}

/** The page of a commit in the repository of the run; undefined where the address of the run does not tell. */
function pageOfRun({ url }: RunContext, commit: string): string | undefined {
  const page = url && repositoryPage(url);
  return page === undefined || page === url ? undefined : commitPage(page, commit);
}
