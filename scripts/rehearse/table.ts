import { output, type Ran } from './deployment.ts';
import { elapsed } from './elapsed.ts';

const HEADINGS = ['environment', 'Space', 'result', 'commit', 'stages seen', 'time', 'requests', 'app'];

/** All deployments as a table; where that is too wide, as a paragraph each. */
export function table(runs: readonly Ran[], width: number): readonly string[] {
  const rows = runs.map(cells);
  const widths = HEADINGS.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = [line(HEADINGS), line(widths.map((count) => '─'.repeat(count))), ...rows.map(line)];
  return Math.max(...lines.map((text) => text.length)) <= width ? lines : rows.flatMap(paragraph);
}

function cells(ran: Ran): readonly string[] {
  const { inputs } = ran.deployment;
  return [
    inputs['environment'] ?? 'production',
    inputs['space'] ?? '',
    output(ran, 'result') ?? 'failed',
    output(ran, 'commit')?.slice(0, 7) ?? '–',
    stages(ran),
    elapsed(ran.tookMs),
    String(ran.requests),
    output(ran, 'app-url') ?? '–',
  ];
}

/** A stage is told again when another commit is in it. */
function stages(ran: Ran): string {
  const seen = ran.outputs.get('stage') ?? ['–'];
  return seen.filter((stage, i) => stage !== seen[i - 1]).join(' → ');
}

function paragraph(row: readonly string[]): readonly string[] {
  const width = Math.max(...HEADINGS.map((heading) => heading.length));
  return ['', ...row.map((cell, i) => `${(HEADINGS[i] ?? '').padEnd(width)}  ${cell}`)];
}
