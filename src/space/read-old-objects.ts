import pMap from 'p-map';
import { Failure } from '../base/failure.ts';
import { listTree, newestCommits } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { type LargeObject, listLargeObjects } from '../hub/large-objects.ts';
import { commitsOfRefs } from '../hub/refs.ts';
import type { PresentSpace } from './space-state.ts';

/** How many of the newest commits keep their large files: the version that runs, and the one before it. */
const KEPT_VERSIONS = 2;

const TREES_AT_ONCE = 8;

type Kept = Pick<PresentSpace, 'id' | 'runtime' | 'trailers'>;

export interface OldObjects {
  readonly objects: readonly LargeObject[];
  /** For people: why there are none although some may be old. */
  readonly warnings: readonly string[];
}

/**
 * Large files that no kept version has. Kept are the newest commits, the one that runs, the one that a rollback would go
 * back to, and those of all branches, tags and pull requests. Only the trees tell who uses a file: of an object that many
 * commits name, the Hub says a single `ref`, to which it was pushed (hub-contract §11). Where a tree cannot be read,
 * nothing is old.
 */
export async function readOldObjects(session: Session, space: Kept): Promise<OldObjects> {
  const [objects, commits] = await Promise.all([
    listLargeObjects(session, space.id),
    orFailure(session, keptCommits(session, space)),
  ]);
  const candidates = objects.filter(({ ref }) => ref === undefined || isMain(ref));
  if (candidates.length === 0) return { objects: [], warnings: [] };
  const used = commits instanceof Failure ? commits : await orFailure(session, objectsOf(session, space.id, commits));
  if (used instanceof Failure) return { objects: [], warnings: [uncertain(used)] };
  return { objects: candidates.filter(({ oid, fileOid }) => !used.has(oid) && !used.has(fileOid)), warnings: [] };
}

async function keptCommits(session: Session, { id, runtime, trailers }: Kept): Promise<readonly string[]> {
  const [newest, ofRefs] = await Promise.all([newestCommits(session, id, KEPT_VERSIONS), commitsOfRefs(session, id)]);
  const others = [runtime.sha, trailers.previousCommit].flatMap((commit) => commit ?? []);
  return [...new Set([...newest.map((commit) => commit.id), ...others, ...ofRefs])];
}

/** sha256 of every large file in the trees of these commits. */
async function objectsOf(session: Session, id: string, commits: readonly string[]): Promise<ReadonlySet<string>> {
  const ofCommit = async (commit: string) =>
    [...(await listTree(session, id, commit)).values()].flatMap(({ lfs }) => lfs ?? []);
  return new Set((await pMap(commits, ofCommit, { concurrency: TREES_AT_ONCE })).flat());
}

/** What is read, or why it cannot be. */
async function orFailure<Result>(session: Session, reading: Promise<Result>): Promise<Result | Failure> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Failure && !session.signal.aborted) return error;
    throw error;
  }
}

function uncertain({ problems }: Failure): string {
  const why = problems.map(({ what, where }) => (where === undefined ? what : `${what} (${where})`)).join(' ');
  return `No old large file is deleted: what the commits, branches, tags and pull requests of the Space still use could not be read. ${why}`;
}

function isMain(ref: string): boolean {
  return ref === 'main' || ref === 'refs/heads/main';
}
