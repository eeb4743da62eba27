import { Failure } from '../base/failure.ts';
import { fileContent } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readTrailers } from '../marks/trailers.ts';
import type { CommitStep } from '../plan/plan.ts';
import { readFrontMatter } from '../source/card/front-matter.ts';
import { README } from '../source/file-names.ts';
import { readDeployed } from '../space/read-deployed.ts';
import { refuseForeign } from '../space/refuse-foreign.ts';
import type { PresentSpace, RemoteFile } from '../space/space-state.ts';
import { type History, readHistory } from '../space/versions.ts';
import { type Choice, chooseAgain, chooseVersion } from './choose-version.ts';
import { refusePruned } from './refuse-pruned.ts';
import { readRestoration } from './restore-tree.ts';
import { type SettingsThen, secretsAmong, settingsThen } from './settings-then.ts';

/** A Space before a rollback that a person asked for, and the version that it goes back to. */
export interface LookedBack {
  readonly space: PresentSpace;
  readonly history: History;
  readonly choice: Choice;
  readonly settings: SettingsThen;
  /** What makes its files those of the version; absent where they are. */
  readonly step?: CommitStep | undefined;
  /** All files of the version. */
  readonly tree: ReadonlyMap<string, RemoteFile>;
  /** The README of the version. */
  readonly readme: string;
  /** Its front matter, by key. */
  readonly card: Readonly<Record<string, unknown>>;
}

/**
 * Reads what a rollback is planned from; nothing is needed but the Space. `chosen` is the version of an earlier look.
 *
 * @throws Failure `refused` when there is no such version, its large files are gone, or the Space is not for this run to change
 */
export async function lookBack(session: Session, inputs: Inputs, chosen: string | undefined): Promise<LookedBack> {
  const { space, history } = await readBoth(session, inputs);
  await refuseForeign(space, inputs);
  const choice = chosen === undefined ? chooseVersion(space.id, history, inputs.to) : chooseAgain(history, chosen);
  if (choice === undefined) throw historyChanged(space.id);
  const { commit } = choice.version;
  const settings = settingsThen(choice, space);
  for (const value of secretsAmong(settings)) session.mask(value);
  const { step, tree } = await readRestoration(session, space.id, { head: space.head, target: commit });
  if (step !== undefined) await refusePruned(session, space.id, { choice, history }, step);
  const readme = await readmeOf(session, space.id, commit, tree.get(README));
  return { space, history, choice, settings, step, tree, readme, card: keysOf(readme) };
}

/** The Space and its history, with settings that are no older than its newest commit. */
async function readBoth(session: Session, inputs: Inputs): Promise<Pick<LookedBack, 'space' | 'history'>> {
  const first = await readDeployed(session, inputs);
  const history = await readHistory(session, first.id);
  const [newest] = history.commits;
  if (newest === undefined || newest.id === first.head) return { space: first, history };
  const space = await readDeployed(session, inputs);
  return { space: { ...space, head: newest.id, trailers: readTrailers(newest.message) }, history };
}

async function readmeOf(session: Session, id: string, commit: string, file: RemoteFile | undefined): Promise<string> {
  return file === undefined ? '' : Buffer.from(await fileContent(session, id, commit, file)).toString();
}

/** What cannot be read was not written by us; the Hub is asked about it before anything is changed. */
function keysOf(readme: string): Readonly<Record<string, unknown>> {
  try {
    return readFrontMatter(readme).keys;
  } catch {
    return {};
  }
}

function historyChanged(id: string): Failure {
  return new Failure('refused', {
    where: `Space ${id}`,
    what: 'The version to restore is no longer in the history of the Space.',
    cause: 'Somebody rewrote the history in the meantime.',
    fix: 'Look at the history of the Space, and run it again.',
  });
}
