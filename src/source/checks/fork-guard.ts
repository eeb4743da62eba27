import type { Problem } from '../../base/failure.ts';
import type { RunContext } from '../../inputs/run-context.ts';
import type { UntrustedRun } from '../../inputs/untrusted-run.ts';
import { repositoryOf } from '../../marks/repository-mark.ts';
import type { FoundFile } from '../files/found-file.ts';
import type { Head } from '../head.ts';

const CAUSE =
  'Whoever wrote it would get the token and the secrets of this repository, before anybody has read the code.';

/**
 * Refuses the code of a stranger in a run that has secrets: on the Space it would run with them, before anybody has read
 * it. `head` is undefined where the files are from no commit.
 */
export function forkProblems(
  { untrusted, url }: RunContext,
  head: Head | undefined,
  files: readonly FoundFile[],
): readonly Problem[] {
  if (untrusted === undefined) return [];
  const { event, from, trusted } = untrusted;
  if (event === 'workflow_run' && from !== undefined) return [startedElsewhere(from)];
  if (head !== undefined && isTheirs(untrusted, head)) return [fromFork(event, head)];
  // Outside of GitHub there is no commit to compare with.
  const isKnown = from === undefined || trusted.length > 0;
  if (isKnown && !isOurs(untrusted, head, url)) return [maybeTheirs(event, head)];
  const built = files.find((file) => !file.tracked);
  return from === undefined || built === undefined ? [] : [maybeBuilt(event, built)];
}

/** The commit of the stranger, or one that was made on it, as GitHub's own merge of a pull request. */
function isTheirs({ commits }: UntrustedRun, { id, parents }: Head): boolean {
  return [id, ...parents].some((commit) => commits.includes(commit));
}

/** The commit that GitHub started the run for, or one on a branch of this very repository. */
function isOurs({ trusted }: UntrustedRun, head: Head | undefined, runUrl: string | undefined): boolean {
  if (head === undefined) return false;
  const ours = runUrl && repositoryOf(runUrl);
  return trusted.includes(head.id) || head.branches.some(({ repository }) => repository.toLowerCase() === ours);
}

/** What a workflow run of a fork leaves behind (its commit, its artifacts) is the code of a stranger. */
function startedElsewhere(from: string): Problem {
  return {
    where: 'event workflow_run',
    what: `This run was started by a run of another repository, ${from}.`,
    cause: CAUSE,
    fix: 'Give the job `if: github.event.workflow_run.head_repository.full_name == github.repository`.',
  };
}

function fromFork(event: string, { id }: Head): Problem {
  return {
    where: `commit ${id.slice(0, 7)}`,
    what: `This is the code of a pull request from a fork, checked out under ${event}.`,
    cause: CAUSE,
    fix: 'Deploy on push. For pull requests use the event pull_request, where forks get no secrets.',
  };
}

function maybeTheirs(event: string, head: Head | undefined): Problem {
  return {
    where: head === undefined ? `event ${event}` : `commit ${head.id.slice(0, 7)}`,
    what:
      head === undefined
        ? `The event is ${event}, and the files are from no commit of this repository.`
        : `The event is ${event}, and this commit is on no branch of this repository: it may be from a fork.`,
    cause: CAUSE,
    fix: 'Check out a branch of this repository by its name, and only when the pull request is not from a fork.',
  };
}

/** A job may check the fork out beside its own code, and build that. */
function maybeBuilt(event: string, { path }: FoundFile): Problem {
  return {
    where: 'input `include`',
    what: `The event is ${event} of a fork, and ${JSON.stringify(path)} is in no commit: it may be made of the code of the fork.`,
    cause: CAUSE,
    fix: 'Deploy on push. For pull requests use the event pull_request, where forks get no secrets.',
  };
}
