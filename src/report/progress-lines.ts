import prettyBytes from 'pretty-bytes';
import { duration } from '../base/duration.ts';
import type { RunEvent } from './run-event.ts';
import { quoted } from './steps.ts';

type ProgressEvent = Extract<RunEvent, { kind: 'progress' }>;
type WaitingEvent = Extract<RunEvent, { kind: 'waiting' }>;

/** After so long without a line, long work says how far it is: nobody should wonder whether it still runs. */
const QUIET_MS = 10_000;

/** Long work: since when it goes on, and the bytes that were done then. */
export interface Work {
  readonly kind: ProgressEvent['work'];
  readonly startedAt: number;
  readonly doneBefore: number;
}

/** Whether nothing was printed for so long that a line about progress is due. */
export function isQuiet({ saidAt }: { readonly saidAt: number }, at: number): boolean {
  return at - saidAt >= QUIET_MS;
}

/** What is done, how fast, and how long the rest takes if it goes on like this. */
export function progressLine(event: ProgressEvent, work: Work | undefined, at: number): string {
  const { path, done, total } = event;
  const isSame = work !== undefined && work.kind === event.work;
  const perMs = isSame && at > work.startedAt ? (done - work.doneBefore) / (at - work.startedAt) : 0;
  const speed =
    perMs > 0 ? `, ${prettyBytes(Math.round(perMs * 1_000))}/s, ${duration((total - done) / perMs)} left` : '';
  const now = path === undefined ? '' : `; now ${quoted(path)}`;
  return `${WORK[event.work]}: ${prettyBytes(done)} of ${prettyBytes(total)}${speed}${now}`;
}

const WORK: Readonly<Record<ProgressEvent['work'], string>> = {
  read: 'Reading the files',
  hash: 'Hashing the large files',
  upload: 'Uploading the large files',
  commit: 'Sending the files of the commit',
};

/** In which stage the Space still is, and what is known of it: the limit of a start, the time of the last build. The last line of the build log is untrusted. */
export function waitingLine({ stage, forMs, limitMs, lastBuildMs, lastLine }: WaitingEvent): string {
  const limit = limitMs === undefined ? '' : `; the Hub ends a start after ${duration(limitMs)}`;
  const last = lastBuildMs === undefined ? '' : `; the last build took ${duration(lastBuildMs)}`;
  const line = lastLine === undefined || lastLine.trim() === '' ? '' : `; the build log ends with: ${lastLine}`;
  return `${stage} for ${duration(forMs)} so far${limit}${last}${line}`;
}
