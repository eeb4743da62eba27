import Table from 'cli-table3';
import prettyMs from 'pretty-ms';
import { output, type Ran } from './deployment.ts';

const HEADINGS = ['environment', 'Space', 'result', 'commit', 'stages seen', 'time', 'requests', 'app'];

/** Columns with two spaces between them and a line below the headings; no frame and no colours. */
const LAYOUT = {
  chars: {
    ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
    ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
    ...{ left: '', 'left-mid': '', right: '', 'right-mid': '' },
    ...{ mid: '─', 'mid-mid': '  ', middle: '  ' },
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
};

/** All deployments as a table; where that is too wide, as a paragraph each. */
export function table(runs: readonly Ran[], width: number): readonly string[] {
  const rows = runs.map(cells);
  const wide = new Table({ ...LAYOUT, head: HEADINGS });
  wide.push(...rows);
  const lines = linesOf(wide);
  return Math.max(...lines.map((text) => text.length)) <= width ? lines : rows.flatMap(paragraph);
}

function cells(ran: Ran): string[] {
  const { inputs } = ran.deployment;
  return [
    inputs['environment'] ?? 'production',
    inputs['space'] ?? '',
    output(ran, 'result') ?? 'failed',
    output(ran, 'commit')?.slice(0, 7) ?? '–',
    stages(ran),
    prettyMs(ran.tookMs),
    String(ran.requests),
    output(ran, 'app-url') ?? '–',
  ];
}

/** A stage is named again when another commit is in it. */
function stages(ran: Ran): string {
  const seen = ran.outputs.get('stage') ?? ['–'];
  return seen.filter((stage, i) => stage !== seen[i - 1]).join(' → ');
}

function paragraph(row: readonly string[]): readonly string[] {
  const pairs = new Table(LAYOUT);
  pairs.push(...row.map((cell, i) => [HEADINGS[i] ?? '', cell]));
  return ['', ...linesOf(pairs)];
}

function linesOf(filled: { toString(): string }): readonly string[] {
  return filled
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
