import type { Session } from '../hub/hub.ts';
import { logLines } from '../hub/logs.ts';

/** The newest lines are kept for a failure's report. */
const TAIL = 40;
/** More lines than anybody reads would only slow the job down; the whole log is on the Space's page. */
const MOST_SHOWN = 5_000;

const REOPEN_MS = 2_000;

/** The build log of one commit, read in the background. */
export interface BuildLog {
  /** Lines of our commit, or of a build that names none, that came since the last call. */
  take(): readonly string[];
  /** The last of these lines. */
  tail(): readonly string[];
  /** The short sha that the newest log names, and when it was first seen (milliseconds since the epoch). */
  readonly owner: { readonly commit: string; readonly since: number } | undefined;
  close(): void;
}

/**
 * `===== Build Queued at 2026-04-04 11:56:33 / Commit SHA: 151a283 =====` begins each build's log; the sha may be
 * missing (hub-contract §15, U9).
 */
const HEADER = /^=+ Build Queued\b(?:.*\bCommit SHA: ([0-9a-f]{7,40})\b)?/;
/** The sha that the first line of a build's log names, if it names one; undefined for every other line. */
export function headOfBuild(line: string): { readonly sha: string | undefined } | undefined {
  const header = HEADER.exec(line);
  return header === null ? undefined : { sha: header[1] };
}

/** Shown above lines that prove nothing, because they may be of a build before. */
const UNOWNED = '(The Hub does not say which commit this build log belongs to: it may be of another build.)';
const TOO_LONG = '… the log goes on; the rest is on the page of the Space.';

/** Lines of the Hub's own builder about its own registry (hub-contract §13.2); a Dockerfile may push to git, and has no image to push. */
const REFUSED_IMAGE =
  /\bfailed to push (?!some refs)\S+|(?:spaces-registry|docker-builder-registry)\S*: .*(?:unauthorized|failed to authorize|unexpected status)/i;

/** Whether the build was done and the Hub's own registry refused to take the image. */
export function hasRefusedImage(tail: readonly string[]): boolean {
  return tail.some((line) => REFUSED_IMAGE.test(line));
}

/** Follows the build log; a stream that ends is opened again while the build goes on, passing over what was seen. */
export function followBuildLog(session: Session, id: string, commit: string): BuildLog {
  const stop = new AbortController();
  const fresh: string[] = [];
  let tail: string[] = [];
  let owner: BuildLog['owner'];
  let isUnowned = true;
  let shown = 0;

  const show = (line: string) => {
    tail = [...tail.slice(-TAIL + 1), line];
    shown++;
    if (shown <= MOST_SHOWN) fresh.push(line);
    if (shown === MOST_SHOWN) fresh.push(TOO_LONG);
  };
  const begin = (sha: string | undefined) => {
    if (sha === undefined) owner = undefined;
    else if (sha !== owner?.commit) owner = { commit: sha, since: session.clock.now() };
    isUnowned = sha === undefined;
    tail = [];
  };
  const accept = (line: string) => {
    if (isUnowned && tail.length === 0) show(UNOWNED);
    if (isUnowned || (owner !== undefined && commit.startsWith(owner.commit))) show(line);
  };
  void readAgainAndAgain(session, id, stop.signal, { begin, accept });

  return {
    take: () => fresh.splice(0),
    tail: () => tail,
    get owner() {
      return owner;
    },
    close: () => stop.abort(),
  };
}

interface Reader {
  /** Another build's log begins, of the commit that it names. */
  readonly begin: (sha: string | undefined) => void;
  readonly accept: (line: string) => void;
}

/** A reopened stream plays the log again from its start: each build's lines are counted, by the line that heads them. */
async function readAgainAndAgain(
  session: Session,
  id: string,
  signal: AbortSignal,
  { begin, accept }: Reader,
): Promise<void> {
  const seen = new Map<string, number>();
  while (!signal.aborted) {
    let build = '';
    let index = 0;
    for await (const { text } of logLines(session, id, 'build', signal)) {
      const header = headOfBuild(text);
      if (header !== undefined) {
        build = text;
        index = 0;
      }
      index++;
      if (index <= (seen.get(build) ?? 0)) continue;
      seen.set(build, index);
      if (header !== undefined) begin(header.sha);
      accept(text);
    }
    await session.clock.sleep(REOPEN_MS, signal).catch(() => undefined);
  }
}
