import { duration } from '../base/duration.ts';
import { plainMarkdown, section } from './markdown.ts';
import type { RunRecord } from './record.ts';

/** Characters of the whole run: as many as a phone shows beside the words. */
const WIDTH = 12;
/** Keeps its place: browsers put ordinary spaces together. */
const BLANK = '\u00a0';
/** A phase of less than this, and of less than a second, says nothing about where the time went. */
const SMALLEST_PART = 0.02;

interface Bar {
  readonly what: string;
  /** Milliseconds since the start of the run. */
  readonly start: number;
  readonly tookMs: number;
  readonly isPhase: boolean;
}

/** Where the time went: a bar for each phase and each stage of the Space, as text, so that it shows everywhere. */
export function timeline(record: RunRecord): string {
  const all = barsOf(record);
  const total = Math.max(...all.map(({ start, tookMs }) => start + tookMs), 1);
  const shown = all.filter(({ isPhase, tookMs }) => !isPhase || tookMs >= 1_000 || tookMs >= total * SMALLEST_PART);
  if (shown.length === 0) return '';
  return section('Timeline', ['| Took | What |', '|:--|:--|', ...shown.map((bar) => row(bar, total))]);
}

/** A phase knows how long it took; a stage lasts until the next entry, or to the end of the run. */
function barsOf({ timeline: entries, startedAt, endedAt }: RunRecord): readonly Bar[] {
  const inOrder = [...entries].sort((a, b) => a.at - b.at);
  return inOrder.map(({ what, at, tookMs }, index) => {
    const until = inOrder[index + 1]?.at ?? endedAt ?? at;
    return { what, start: at - startedAt, tookMs: tookMs ?? until - at, isPhase: tookMs !== undefined };
  });
}

function row({ what, start, tookMs }: Bar, total: number): string {
  const offset = Math.min(Math.floor((start / total) * WIDTH), WIDTH - 1);
  const end = Math.max(offset + 1, Math.round(((start + tookMs) / total) * WIDTH));
  const bar = `${BLANK.repeat(offset)}${'█'.repeat(end - offset)}`.padEnd(WIDTH, BLANK);
  return `| <code>${bar}</code> ${duration(tookMs)} | ${plainMarkdown(what)} |`;
}
