import { type HeadCommit, newestCommits } from '../hub/history.ts';
import { askHost } from '../hub/host.ts';
import { NotFound } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime, type Runtime } from '../hub/runtime.ts';
import { getSettings, type StoredSetting } from '../hub/settings.ts';
import { type Detail, type SpaceInfo, spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { secretsIfListed } from './secrets-if-listed.ts';

/** What a look at a Space asks the Hub, all at the same time. */
export interface Answers extends Settings {
  readonly info: SpaceInfo;
  /** The newest commit and the one before it, as far as there are any. */
  readonly commits: readonly HeadCommit[];
  /** What `/host` says. */
  readonly host: Awaited<ReturnType<typeof askHost>>;
  readonly runtime: Runtime;
}

/** By name. */
export interface Settings {
  readonly variables: ReadonlyMap<string, StoredSetting>;
  /** Absent where the token may not list them, and none is to be set. */
  readonly secrets?: ReadonlyMap<string, StoredSetting> | undefined;
}

/** How often the questions are put again where a commit came in between them. */
const MOST_LOOKS = 3;

/**
 * Asks everything in one round; undefined when there is no such Space that the token can see. Where a commit came in between
 * the answers, they are of two states, and everything is asked again.
 */
export async function askAll(session: Session, inputs: Inputs, detail: Detail): Promise<Answers | undefined> {
  for (let looks = 1; ; looks++) {
    const answers = await askOnce(session, inputs, detail);
    const newest = answers?.commits[0];
    if (answers === undefined || newest === undefined || newest.id === answers.info.head || looks === MOST_LOOKS)
      return answers;
    session.onNotice('Somebody committed while the Space was looked at; looking once more.');
  }
}

async function askOnce(session: Session, inputs: Inputs, detail: Detail): Promise<Answers | undefined> {
  const unneeded = new AbortController();
  const signal = AbortSignal.any([session.signal, unneeded.signal]);
  const { id } = inputs.space;
  const besides = askBesides({ ...session, signal }, id, inputs);
  // It may fail before the other answer is there, which says more.
  besides.catch(() => undefined);
  try {
    const info = await spaceInfo(session, id, detail);
    const [answers] = await Promise.allSettled([besides]);
    if (info === undefined) return undefined;
    if (answers.status === 'fulfilled') return { info, ...answers.value };
    if (!(answers.reason instanceof NotFound)) throw answers.reason;
    // It may have another name by now, or have been made just after the other questions.
    return { info, ...(await askBesides(session, info.id, inputs)) };
  } catch (error) {
    unneeded.abort();
    throw error;
  }
}

async function askBesides(session: Session, id: string, inputs: Inputs): Promise<Omit<Answers, 'info'>> {
  const [settings, commits, host, runtime] = await Promise.all([
    readSettings(session, id, inputs),
    newestCommits(session, id, 2),
    askHost(session, id),
    // What `expand=runtime` gives may lack the commit that runs (hub-contract §6).
    getRuntime(session, id),
  ]);
  return { ...settings, commits, host, runtime };
}

/** Variables, and names of secrets. */
export async function readSettings(session: Session, id: string, inputs: Inputs): Promise<Settings> {
  const [variables, secrets] = await Promise.all([
    getSettings(session, id, 'variables'),
    readSecrets(session, id, inputs),
  ]);
  return { variables, secrets };
}

/** Where nothing depends on the secrets, the run goes on without their names. */
async function readSecrets(session: Session, id: string, inputs: Inputs): Promise<Settings['secrets']> {
  const isRequired = inputs.required?.some((name) => !inputs.secrets.has(name) && !inputs.variables.has(name));
  const isNeeded = inputs.secrets.size > 0 || inputs.settingsStrategy === 'mirror' || isRequired === true;
  return isNeeded ? getSettings(session, id, 'secrets') : secretsIfListed(session, id);
}
