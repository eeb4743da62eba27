import { Failure } from '../base/failure.ts';
import { plainLine } from '../base/plain-line.ts';
import { spaceInfo } from '../hub/space.ts';
import { missingSpace } from '../space/missing-space.ts';
import { readVersions, type Version } from '../space/versions.ts';
import { askHub } from './ask-hub.ts';
import { GREEN } from './exit-code.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';

/** Commits that are looked through. */
const MOST = 1_000;

/** Says what was deployed to a Space and restored in it, newest first. */
export async function history(order: Order, machine: Machine): Promise<number> {
  return askHub(order, machine, async (session, { space }, print) => {
    const info = await spaceInfo(session, space.id, 'brief');
    if (info === undefined) throw new Failure('refused', missingSpace(space.id));
    const versions = await readVersions(session, info.id, MOST);
    for (const version of versions) {
      const result = resultOf(version, versions);
      if (print.isJson) print.event(versionFields(version, result));
      else print.lines([plainLine(versionText(version, result))]);
    }
    if (versions.length === 0 && !print.isJson) print.lines([`Nothing was deployed to ${info.id} yet.`]);
    return GREEN;
  });
}

type VersionResult = 'newest' | 'deployed' | 'rolled-back' | 'restored';

/** What became of a version, as far as the commits after it say. Pure. */
export function resultOf({ commit, kind, current }: Version, versions: readonly Version[]): VersionResult {
  if (versions.some(({ trailers }) => trailers.undoes === commit)) return 'rolled-back';
  if (current) return 'newest';
  return kind === 'rollback' ? 'restored' : 'deployed';
}

const COLUMN = 12;

/** A version as a line: commit, time, what it is, what became of it, and where it comes from. Pure. */
function versionText({ commit, date, kind, environment, trailers, ...of }: Version, result: VersionResult): string {
  const rolledBack = trailers.undoes === undefined ? undefined : `rolls back ${trailers.undoes.slice(0, 7)}`;
  const source = of.sourceUrl ?? of.sourceCommit?.slice(0, 7);
  return [
    commit.slice(0, 7),
    date?.slice(0, 16).replace('T', ' ') ?? '',
    kind.padEnd(COLUMN),
    result.padEnd(COLUMN),
    environment,
    rolledBack,
    source,
    of.runUrl,
  ]
    .filter((part) => part !== undefined)
    .join('  ')
    .trimEnd();
}

function versionFields(
  { commit, date, kind, environment, sourceCommit, sourceUrl, runUrl, trailers }: Version,
  result: VersionResult,
) {
  return {
    event: 'version',
    commit,
    date,
    kind,
    result,
    environment,
    undoes: trailers.undoes,
    sourceCommit,
    sourceUrl,
    runUrl,
  };
}
