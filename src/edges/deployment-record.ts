import { plainLine } from '../base/plain-line.ts';
import { type GithubTrouble, openGithub, troubleOf } from './github.ts';

/** Where on GitHub the deployments to a Space are recorded. */
export interface RecordPlace {
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's environment. */
  readonly environment: string;
  /** `owner/name` of the Space: several of them may share an environment. */
  readonly space: string;
  /** GitHub's, with `deployments: write`. */
  readonly token: string;
  /** Page of the run. */
  readonly runUrl?: string | undefined;
}

/** How far a deployment is, as GitHub shows it. */
export interface RecordedState {
  readonly state: 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';
  readonly description: string;
  /** Where the app answers. */
  readonly appUrl?: string | undefined;
}

/** The record of a deployment that goes on. */
export interface DeploymentRecord {
  /** Writes how it ended, within this many milliseconds; returns what kept it from being written. */
  end(last: RecordedState, withinMs: number): Promise<GithubTrouble | undefined>;
}

/** GitHub's records of deployments. Nothing here throws, and each request is sent once. */
export interface DeploymentRecords {
  /** Begins a record for a commit of the repository, while the deployment goes on. */
  open(place: RecordPlace, ref: string, first: RecordedState): DeploymentRecord;
  /** Sets every record of the place to a last state, within this many milliseconds. */
  closeAll(place: RecordPlace, last: RecordedState, withinMs: number): Promise<GithubTrouble | undefined>;
}

/** For one answer of GitHub, in milliseconds. */
const ANSWER_MS = 5_000;
/** Older records that are looked at, at most; in general one or two are enough. */
const MOST_LOOKS = 50;
/** GitHub's limit (https://docs.github.com/en/rest/deployments/statuses). */
const LONGEST_DESCRIPTION = 140;

/** Of the payload: whose deployment it is. */
const SPACE = 'spaceport';

const REPLACED = { state: 'inactive', description: 'A newer deployment has replaced it.' } as const;
const ABANDONED = { state: 'error', description: 'Its run ended without saying how.' } as const;

/** Whatever is written there has lost its secrets. */
export function deploymentRecords(redact: (text: string) => string): DeploymentRecords {
  return {
    open(place, ref, first) {
      const over = new AbortController();
      const opened = open(place, { ref, first, redact }, over.signal);
      // Heard of at the end.
      opened.catch(() => undefined);
      return {
        async end(last, withinMs) {
          const late = AbortSignal.timeout(withinMs);
          late.addEventListener('abort', () => over.abort(late.reason), { once: true });
          return opened.then((record) => end(record, last)).catch(troubleOf);
        },
      };
    },
    async closeAll(place, last, withinMs) {
      try {
        const ledger = await openLedger(place, redact, AbortSignal.timeout(withinMs));
        for await (const deployment of ledger.deployments()) {
          const space = spaceIn(deployment.payload);
          if (space !== undefined && space !== place.space) continue;
          if ((await ledger.stateOf(deployment.id)) !== 'inactive') await ledger.setState(deployment.id, last);
        }
        return undefined;
      } catch (error) {
        return troubleOf(error);
      }
    },
  };
}

/** A record that is there. */
interface Opened {
  readonly ledger: Ledger;
  readonly id: number;
  /** Older records that GitHub shows as active. */
  readonly active: Promise<readonly number[]>;
  /** What went wrong on the way, and did not keep the rest from going on. */
  readonly troubles: GithubTrouble[];
}

interface Opening {
  readonly ref: string;
  readonly first: RecordedState;
  readonly redact: (text: string) => string;
}

async function open(place: RecordPlace, { ref, first, redact }: Opening, signal: AbortSignal): Promise<Opened> {
  const ledger = await openLedger(place, redact, signal);
  const id = await ledger.create(ref, first.description);
  const troubles: GithubTrouble[] = [];
  const note = (error: unknown) => void troubles.push(troubleOf(error));
  await ledger.setState(id, first).catch(note);
  const active = settleOlder(ledger, place, id).catch((error) => {
    note(error);
    return [];
  });
  return { ledger, id, active, troubles };
}

async function end({ ledger, id, active, troubles }: Opened, last: RecordedState): Promise<GithubTrouble | undefined> {
  await ledger.setState(id, last);
  const replaced = await active;
  // GitHub does this by itself for environments that are not transient only. A version that failed replaces none.
  if (last.state === 'success') for (const older of replaced) await ledger.setState(older, REPLACED);
  return troubles[0];
}

/**
 * Ends the older records of this Space whose runs were killed, and returns those that are active. They are looked at from
 * the newest on, down to one that was replaced: those before it were settled when that happened.
 */
async function settleOlder(ledger: Ledger, { space }: RecordPlace, newest: number): Promise<readonly number[]> {
  const active: number[] = [];
  let looks = 0;
  for await (const { id, payload } of ledger.deployments()) {
    if (id >= newest || spaceIn(payload) !== space) continue;
    const state = await ledger.stateOf(id);
    if (state === 'inactive' || ++looks > MOST_LOOKS) break;
    if (state === 'success') active.push(id);
    else if (state !== 'failure' && state !== 'error') await ledger.setState(id, ABANDONED);
  }
  // The oldest first, so that a run that is killed in between leaves none behind one that was replaced.
  return active.reverse();
}

/** The deployments of one environment. */
interface Ledger {
  create(ref: string, description: string): Promise<number>;
  setState(id: number, state: RecordedState): Promise<void>;
  /** The last state; `pending` while there is none. */
  stateOf(id: number): Promise<string>;
  /** The newest first. */
  deployments(): AsyncGenerator<{ readonly id: number; readonly payload: unknown }>;
}

/** https://docs.github.com/en/rest/deployments */
async function openLedger(place: RecordPlace, redact: Opening['redact'], signal: AbortSignal): Promise<Ledger> {
  const { repos } = (await openGithub(place.token, signal)).rest;
  const { environment } = place;
  const [owner = '', repo = ''] = place.repository.split('/');
  const here = () => ({
    owner,
    repo,
    request: { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) },
  });
  return {
    async create(ref, description) {
      const { data } = await repos.createDeployment({
        ...here(),
        ...wanted(place, ref),
        description: short(redact(description)),
      });
      // GitHub answers with a message alone when it has merged something in place of it (202).
      if (!('id' in data)) throw new Error(data.message ?? 'it made no deployment');
      return data.id;
    },
    async setState(id, { state, description, appUrl }) {
      await repos.createDeploymentStatus({
        ...here(),
        deployment_id: id,
        state,
        description: short(redact(description)),
        log_url: place.runUrl ?? '',
        environment_url: isLink(appUrl, redact) ? appUrl : '',
        auto_inactive: false,
      });
    },
    async stateOf(id) {
      const { data } = await repos.listDeploymentStatuses({ ...here(), deployment_id: id, per_page: 1 });
      return data[0]?.state ?? 'pending';
    },
    async *deployments() {
      for (let page = 1, more = true; more; page++) {
        const { data, headers } = await repos.listDeployments({ ...here(), environment, per_page: 100, page });
        yield* data;
        more = /rel="next"/.test(headers.link ?? '');
      }
    },
  };
}

function wanted({ environment, space }: RecordPlace, ref: string) {
  return {
    ref,
    environment,
    payload: { [SPACE]: space },
    // Removed with its pull request: GitHub shows `inactive` as destroyed then.
    transient_environment: true,
    production_environment: false,
    // What is deployed is in the checkout already: nothing is to be merged first, and the check of this very job, which
    // is not done, need not be green.
    auto_merge: false,
    required_contexts: [],
  };
}

/** The Space that a deployment of ours is for; GitHub gives the payload as it got it, or as JSON. */
function spaceIn(payload: unknown): string | undefined {
  const value = typeof payload === 'string' ? parsed(payload) : payload;
  const space = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[SPACE] : undefined;
  return typeof space === 'string' ? space : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function short(text: string): string {
  const line = plainLine(text.replaceAll(/\s+/g, ' '));
  if (line.length <= LONGEST_DESCRIPTION) return line;
  // Not in the middle of a character.
  return `${line.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Whether GitHub may show it as the link to the app: not with a secret in it, nor with anything but http. */
function isLink(url: string | undefined, redact: Opening['redact']): url is string {
  return url !== undefined && /^https?:$/.test(URL.parse(url)?.protocol ?? '') && redact(url) === url;
}
