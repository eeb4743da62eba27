import type { Measurement } from './measure.ts';
import type { Situation, Size } from './run.ts';
import { ratiosOf, type Spread, spreadOf } from './statistics.ts';

const OURS = 'Spaceport';
const YARDSTICK = 'hf upload';

/** All figures as Markdown: what a link costs, one table for each situation, the longest link first, then the targets. */
export function figures(situations: readonly Situation[], size: Size, machine: string): string {
  const byLink = situations.toSorted((a, b) => b.roundTripMs - a.roundTripMs);
  return [
    `${machine} Medians of ${size.runs} runs, with the least and the most in brackets.`,
    '### Targets',
    targets(situations, size),
    '### Round trips, one after the other',
    rounds(situations, size),
    ...byLink.map(table),
  ].join('\n\n');
}

const titleOf = ({ what, roundTripMs }: Situation) =>
  roundTripMs === 0 ? `${what}, on loopback` : `${what}, ${roundTripMs} ms`;

/** What each millisecond of a link adds to a whole process. */
function rounds(situations: readonly Situation[], { few, links }: Size): string {
  const longest = Math.max(...links);
  const rows = ['first deployment', 'nothing changed', 'one changed'].map((change) => {
    const medianOf = (tool: string, ms: number) =>
      spreadOf(runsOf(situations, `${few} files, ${change}`, ms, tool).map((run) => run.ms)).median;
    const costs = [OURS, YARDSTICK].map((tool) => (medianOf(tool, longest) - medianOf(tool, 0)) / longest);
    return [`${few} files, ${change}`, ...costs.map((cost) => cost.toFixed(1))];
  });
  const head = ['', OURS, `\`${YARDSTICK}\``];
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function runsOf(
  situations: readonly Situation[],
  what: string,
  roundTripMs: number,
  tool: string,
): readonly Measurement[] {
  const found = situations.find((situation) => situation.what === what && situation.roundTripMs === roundTripMs);
  return found?.byTool.get(tool) ?? [];
}

function table(situation: Situation): string {
  const { byTool } = situation;
  const yardstick = (byTool.get(YARDSTICK) ?? []).map(({ ms }) => ms);
  const rows = [...byTool].map(([tool, runs]) => {
    const landed = runs.flatMap(({ landedMs }) => landedMs ?? []);
    const connections = runs.flatMap((run) => run.connections ?? []);
    return [
      tool,
      seconds(spreadOf(runs.map(({ ms }) => ms))),
      plain(
        ratiosOf(
          runs.map(({ ms }) => ms),
          yardstick,
        ),
      ),
      (spreadOf(runs.map(({ cpuMs }) => cpuMs)).median / 1000).toFixed(2),
      landed.length === 0 ? 'no commit' : seconds(spreadOf(landed)),
      counted(spreadOf(runs.map(({ requests }) => requests))),
      connections.length === 0 ? 'not counted' : counted(spreadOf(connections)),
      amount(spreadOf(runs.map(({ bytesSent }) => bytesSent)).median),
      `${Math.round(spreadOf(runs.map(({ peakBytes }) => peakBytes)).most / MB)} MB`,
    ];
  });
  const head = [
    ...['', 'time, s', `to \`${YARDSTICK}\``, 'CPU, s', 'commit landed, s', 'requests', 'connections', 'sent'],
    'peak memory',
  ];
  return [`### ${titleOf(situation)}`, '', ...[head, head.map(() => '---'), ...rows].map(line)].join('\n');
}

const MB = 1024 * 1024;

/** The project's targets, and what was measured. */
function targets(situations: readonly Situation[], { few, several, many, largeMb, links }: Size): string {
  const longest = Math.max(...links);
  const ratio = (what: string, roundTripMs: number, most: number) => {
    const [ours, theirs] = [OURS, YARDSTICK].map((tool) =>
      runsOf(situations, what, roundTripMs, tool).map(({ ms }) => ms),
    );
    const where = roundTripMs === 0 ? 'on loopback' : `${roundTripMs} ms`;
    return held(`${what}, ${where}, to \`${YARDSTICK}\``, ratiosOf(ours ?? [], theirs ?? []), most);
  };
  const large = `one file of ${largeMb} MB, first deployment`;
  const requests = [few, many].map(
    (count) =>
      spreadOf(runsOf(situations, `${count} files, nothing changed`, 0, OURS).map((run) => run.requests)).median,
  );
  const peakMb = spreadOf(runsOf(situations, large, 0, OURS).map(({ peakBytes }) => peakBytes / MB)).most;
  const rows = [
    ratio(`${few} files, first deployment`, longest, 0.9),
    ratio(`${several} files, first deployment`, longest, 0.6),
    ratio(`${few} files, nothing changed`, longest, 0.5),
    ratio(`${several} files, nothing changed`, longest, 0.3),
    ratio(`${few} files, one changed`, longest, 0.8),
    ratio(`${several} files, one changed`, longest, 0.6),
    ratio(`${few} files, nothing changed`, 0, 0.6),
    ratio(`${many} files, nothing changed`, 0, 0.3),
    ratio(large, 0, 1),
    ['requests of an unchanged deployment', requests.join(' and '), 'the same', verdict(requests[0] === requests[1])],
    [`peak memory with a file of ${largeMb} MB`, `${Math.round(peakMb)} MB`, '< 250 MB', verdict(peakMb < 250)],
  ];
  return [['', 'measured', 'target', ''], ['---', '---', '---', '---'], ...rows].map(line).join('\n');
}

function held(what: string, ratio: Spread, most: number): readonly string[] {
  return [what, plain(ratio), `≤ ${most}`, verdict(ratio.median <= most)];
}

function verdict(met: boolean): string {
  return met ? 'met' : '**missed**';
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function plain({ median, least, most }: Spread): string {
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}

function seconds({ median, least, most }: Spread): string {
  return plain({ median: median / 1000, least: least / 1000, most: most / 1000 });
}

function counted({ median, least, most }: Spread): string {
  return least === most ? String(median) : `${median} (${least}–${most})`;
}

function amount(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
