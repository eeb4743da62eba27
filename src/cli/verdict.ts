import { duration } from '../base/duration.ts';
import type { RunResult } from '../report/run-event.ts';

/** The last lines of a run: how it ended, and where everything is. Pure. */
export function verdict(
  { result, failure }: RunResult,
  outputs: ReadonlyMap<string, string>,
  tookMs: number,
): readonly string[] {
  const rows = [
    ['app', outputs.get('app-url')],
    ['Space', outputs.get('space-url')],
    ['commit', outputs.get('commit')],
  ].filter(([, value]) => value !== undefined);
  const sign = failure === undefined ? '✓' : '✗';
  const preposition = failure === undefined ? 'in' : 'after';
  return [
    `${sign} ${result} ${preposition} ${duration(tookMs)}`,
    ...rows.map(([name = '', value]) => `  ${name.padEnd(7)}${value}`),
  ];
}
