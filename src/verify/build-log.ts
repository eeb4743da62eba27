import type { Session } from '../hub/hub.ts';
import { logLines } from '../hub/logs.ts';

/** The newest lines are kept for a failure's report. */
const TAIL = 40;
/** More lines than anybody reads would only slow the job down; the whole log is on the Space's page. */
const MOST_SHOWN = 5_000;

const REOPEN_MS = 2_000;

/** The build log of one commit, read in the background. */
export interface BuildLog {
  /** Lines of our commit that came since the last call. */
  take(): readonly string[];
  /** The last lines of our commit. */
  tail(): readonly string[];
  /** The short sha that the newest log names, and when it was first seen (milliseconds since the epoch). */
  readonly owner: { readonly commit: string; readonly since: number } | undefined;
  close(): void;
}

/** `===== Build Queued at 2026-04-04 11:56:33 / Commit SHA: 151a283 =====` begins each build's log (hub-contract §15). */
const HEADER = /^=+ Build Queued .*Commit SHA: ([0-9a-f]{7,40})\b/;

/** Follows the build log; a stream that ends is opened again while the build goes on, passing over what was seen. */
export function followBuildLog(session: Session, id: string, commit: string): BuildLog {
  const stop = new AbortController();
  const fresh: string[] = [];
  let tail: string[] = [];
  let owner: BuildLog['owner'];
  let shown = 0;

  const begin = (sha: string) => {
    if (sha !== owner?.commit) owner = { commit: sha, since: session.clock.now() };
    tail = [];
  };
  const accept = (line: string) => {
    if (owner === undefined || !commit.startsWith(owner.commit)) return;
    tail = [...tail.slice(-TAIL + 1), line];
    shown++;
    if (shown <= MOST_SHOWN) fresh.push(line);
    if (shown === MOST_SHOWN) fresh.push('… the log goes on; the rest is on the page of the Space.');
  };
  void readAgainAndAgain(session, id, stop.signal, begin, accept);

  return {
    take: () => fresh.splice(0),
    tail: () => tail,
    get owner() {
      return owner;
    },
    close: () => stop.abort(),
  };
}

/** A reopened stream plays the log again from its start: each build's lines are counted, by the line that heads them. */
async function readAgainAndAgain(
  session: Session,
  id: string,
  signal: AbortSignal,
  begin: (sha: string) => void,
  accept: (line: string) => void,
): Promise<void> {
  const seen = new Map<string, number>();
  while (!signal.aborted) {
    let build = '';
    let index = 0;
    for await (const line of logLines(session, id, 'build', signal)) {
      const sha = HEADER.exec(line)?.[1];
      if (sha !== undefined) {
        build = line;
        index = 0;
      }
      index++;
      if (index <= (seen.get(build) ?? 0)) continue;
      seen.set(build, index);
      if (sha !== undefined) begin(sha);
      accept(line);
    }
    await session.clock.sleep(REOPEN_MS, signal).catch(() => undefined);
  }
}
