import type { Measurement } from './measure.ts';
import type { Situation, Size } from './run.ts';
import { ratiosOf, type Spread, spreadOf } from './statistics.ts';

const OURS = 'Spaceport';
const YARDSTICK = 'hf upload';

/** All figures as Markdown: one table for each situation, then the targets. */
export function figures(situations: readonly Situation[], size: Size, machine: string): string {
  return [
    `${machine} Medians of ${size.runs} runs, with the least and the most in brackets.`,
    ...situations.map(table),
    '### Targets',
    targets(situations, size),
  ].join('\n\n');
}

function table({ title, byTool }: Situation): string {
  const yardstick = (byTool.get(YARDSTICK) ?? []).map(({ ms }) => ms);
  const rows = [...byTool].map(([tool, runs]) => {
    const landed = runs.flatMap(({ landedMs }) => landedMs ?? []);
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
      amount(spreadOf(runs.map(({ bytesSent }) => bytesSent)).median),
      `${Math.round(spreadOf(runs.map(({ peakBytes }) => peakBytes)).most / MB)} MB`,
    ];
  });
  const head = ['', 'time, s', `to \`${YARDSTICK}\``, 'CPU, s', 'commit landed, s', 'requests', 'sent', 'peak memory'];
  return [`### ${title}`, '', ...[head, head.map(() => '---'), ...rows].map(line)].join('\n');
}

const MB = 1024 * 1024;

/** The project's targets, and what was measured. */
function targets(situations: readonly Situation[], { few, many, largeMb }: Size): string {
  const runsOf = (title: string, tool: string) =>
    situations.find((situation) => situation.title === title)?.byTool.get(tool) ?? [];
  const ratio = (title: string) =>
    ratiosOf(
      runsOf(title, OURS).map(({ ms }) => ms),
      runsOf(title, YARDSTICK).map(({ ms }) => ms),
    );
  const toFastest = (title: string, time: (run: Measurement) => number) => {
    const others =
      situations.find((situation) => situation.title === title)?.byTool ?? new Map<string, Measurement[]>();
    const medians = [...others].filter(([tool]) => tool !== OURS).map(([, runs]) => spreadOf(runs.map(time)).median);
    return spreadOf(runsOf(title, OURS).map((run) => time(run) / Math.min(...medians)));
  };
  const landed = ({ landedMs, ms }: Measurement) => landedMs ?? ms;
  const unchanged = [few, many].map((count) => `${count} files, nothing changed`);
  const requests = unchanged.map((title) => spreadOf(runsOf(title, OURS).map((run) => run.requests)).median);
  const peakMb = spreadOf(
    runsOf(`one file of ${largeMb} MB, first deployment`, OURS).map(({ peakBytes }) => peakBytes / MB),
  ).most;
  const rows = [
    ...unchanged.map((title, index) => held(`${title}, to \`${YARDSTICK}\``, ratio(title), index === 0 ? 0.5 : 0.25)),
    held(`${many} files, one changed, to \`${YARDSTICK}\``, ratio(`${many} files, one changed`), 0.5),
    ...[few, many].flatMap((count) => {
      const title = `${count} files, first deployment`;
      return [
        held(
          `${title}, whole process, to the fastest`,
          toFastest(title, ({ ms }) => ms),
          1,
        ),
        held(`${title}, until the commit landed, to the fastest`, toFastest(title, landed), 1),
      ];
    }),
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
