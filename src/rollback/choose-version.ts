import { Failure, type Problem } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import type { HeadCommit } from '../hub/history.ts';
import type { History, Version } from '../space/versions.ts';

/** Where a rollback goes, and what came after that version, newest first. */
export interface Choice {
  readonly version: Version;
  /** Our own commits. */
  readonly later: readonly Version[];
  /** The commits of others. */
  readonly others: readonly HeadCommit[];
  /** Whether the newest of our commits is a rollback to this very version. */
  readonly isRepeated: boolean;
}

/** Versions that a refusal offers. */
const MOST_OFFERED = 10;

/**
 * The version that `to` names, whole or by its first digits; without it, the one before the newest (ADR 16). Pure.
 *
 * @throws Failure `refused` when there is no such version, and with those that there are
 */
export function chooseVersion(id: string, history: History, to: string | undefined): Choice {
  const problem = to === undefined ? problemOfNone(history) : problemOf(history, to);
  if (problem !== undefined) {
    throw new Failure('refused', { where: `Space ${id}`, evidence: offered(history), ...problem });
  }
  const version =
    to === undefined ? versionBefore(history) : history.versions.find(({ commit }) => commit.startsWith(to));
  if (version === undefined) throw new Error('a version that is missing is refused');
  return choiceOf(history, version);
}

/** The same for a commit that was chosen before: others may have committed since. Undefined where it is gone. Pure. */
export function chooseAgain(history: History, commit: string): Choice | undefined {
  const version = history.versions.find((each) => each.commit === commit);
  return version === undefined ? undefined : choiceOf(history, version);
}

function choiceOf({ commits, versions }: History, version: Version): Choice {
  const index = commits.findIndex(({ id }) => id === version.commit);
  const later = versions.slice(0, versions.indexOf(version));
  const ours = new Set(later.map(({ commit }) => commit));
  return {
    version,
    later,
    others: commits.slice(0, index).filter(({ id }) => !ours.has(id)),
    isRepeated: later[0]?.trailers.rolledBackTo === version.commit,
  };
}

/**
 * The previous version of the newest. After a rollback that a person asked for it is the same one again: a run that was killed
 * and is repeated must not go one version further back.
 */
function versionBefore({ versions }: History): Version | undefined {
  const [newest] = versions;
  const again = newest?.trailers.rolledBackTo;
  return again === undefined ? before(versions, newest) : versions.find(({ commit }) => commit === again);
}

/** What served before a version; of a rollback, before the version whose files it has. */
function before(versions: readonly Version[], version: Version | undefined): Version | undefined {
  if (version === undefined) return undefined;
  const find = (commit: string | undefined) => versions.find((each) => each.commit === commit);
  const older = versions.slice(versions.indexOf(version) + 1);
  const { undoes, rolledBackTo, previousCommit } = version.trailers;
  if (undoes !== undefined) {
    const restored = find(rolledBackTo ?? find(undoes)?.trailers.previousCommit);
    return restored !== undefined && older.includes(restored) ? before(versions, restored) : undefined;
  }
  const served = find(previousCommit);
  if (served !== undefined || previousCommit === undefined) return served;
  // What served before was made by somebody else: our last version below it.
  const failed = new Set(versions.map(({ trailers }) => (trailers.rolledBackTo ? undefined : trailers.undoes)));
  return older.find(({ commit }) => !failed.has(commit));
}

function problemOfNone(history: History): Problem | undefined {
  if (versionBefore(history) !== undefined) return undefined;
  const { versions } = history;
  const deployments = versions.filter(({ kind }) => kind === 'deployment');
  const [newest] = versions;
  if (newest === undefined) {
    return {
      what: 'There is no version to go back to: no commit of this Space was made by a deployment.',
      fix: 'Deploy first. What others committed is restored by hand, from the history of the Space.',
    };
  }
  if (deployments.length > 1) {
    return {
      what: 'It is not known which version ran before this one.',
      cause: 'The newest deployment names no version that ran before it, or the history was cut since.',
      fix: 'Name the version to go back to in `to`.',
    };
  }
  return {
    what: 'There is no version to go back to: the Space has one deployment only.',
    fix: newest.current
      ? 'Fix it and deploy again.'
      : `Fix it and deploy again. To drop what others committed on top of it, set \`to: ${newest.commit.slice(0, 7)}\`.`,
  };
}

function problemOf({ commits, versions }: History, to: string): Problem | undefined {
  const found = commits.filter(({ id }) => id.startsWith(to));
  const [only] = found;
  const given = { where: 'input `to`', fix: 'Name one of the versions that are listed.' };
  if (only === undefined) {
    return { ...given, what: `The history of the Space has no commit ${to}.` };
  }
  if (found.length > 1) {
    const names = firstOf(
      found.map(({ id }) => id),
      MOST_OFFERED,
    );
    return { ...given, what: `${to} is the beginning of ${found.length} commits: ${names}.`, fix: 'Give more digits.' };
  }
  if (only === commits[0]) {
    return { ...given, what: `${to} is the newest commit: the Space has this version already.` };
  }
  if (versions.some(({ commit }) => commit === only.id)) return undefined;
  return {
    ...given,
    what: `${to} is no version: that commit was not made by a deployment.`,
    cause: 'Somebody else made it, so it is not known with which settings it ran.',
  };
}

/** The versions to choose from, newest first, a line each. Pure. */
export function offered({ versions }: History): readonly string[] {
  const lines = versions.slice(0, MOST_OFFERED).map(versionLine);
  const more = versions.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} older`] : lines;
}

/** A version in a line: commit, time, what it is, and where it comes from. */
export function versionLine({ commit, date, kind, sourceCommit, runUrl, current }: Version): string {
  const time = date?.slice(0, 16).replace('T', ' ');
  const of = sourceCommit === undefined ? '' : ` of ${sourceCommit.slice(0, 7)}`;
  return [commit.slice(0, 7), time, `${kind}${of}`, runUrl, current ? '(the newest commit)' : undefined]
    .filter((part) => part !== undefined)
    .join('  ');
}
