import { duration } from '../base/duration.ts';
import { codeBlock, section } from './markdown.ts';
import type { RunRecord } from './record.ts';

/** Characters of the whole run. */
const WIDTH = 24;

interface Bar {
  readonly what: string;
  /** Milliseconds since the start of the run. */
  readonly start: number;
  readonly tookMs: number;
}

/** Where the time went: a bar for each phase and each stage of the Space, as text, so that it shows everywhere. */
export function timeline(record: RunRecord): string {
  if (record.timeline.length === 0) return '';
  const all = barsOf(record);
  const total = Math.max(...all.map(({ start, tookMs }) => start + tookMs), 1);
  return section('Timeline', [codeBlock(all.map((bar) => line(bar, total)))]);
}

/** A phase knows how long it took; a stage lasts until the next entry, or to the end of the run. */
function barsOf({ timeline: entries, startedAt, endedAt }: RunRecord): readonly Bar[] {
  const inOrder = [...entries].sort((a, b) => a.at - b.at);
  return inOrder.map(({ what, at, tookMs }, index) => {
    const until = inOrder[index + 1]?.at ?? endedAt ?? at;
    return { what, start: at - startedAt, tookMs: tookMs ?? until - at };
  });
}

function line({ what, start, tookMs }: Bar, total: number): string {
  const offset = Math.min(Math.floor((start / total) * WIDTH), WIDTH - 1);
  const length = Math.max(1, Math.min(Math.round((tookMs / total) * WIDTH), WIDTH - offset));
  const bar = `${'·'.repeat(offset)}${'█'.repeat(length)}`.padEnd(WIDTH, '·');
  return `${bar} ${duration(tookMs).padStart(8)}  ${what}`;
}
