import type { Hub } from '../../emulator/api.ts';
import { deleteSpace } from './local-hub.ts';
import { type Measurement, measure } from './measure.ts';
import { spreadOf } from './statistics.ts';
import { TOOLS } from './tools.ts';
import { filesAndOneLarge, manyFiles } from './workspace.ts';

const COUNTS = [1_000, 20_000] as const;
const LARGE_BYTES = 2 * 2 ** 30;
const MB = 2 ** 20;

/** How time, requests and memory grow with the number of files, as a table in Markdown. Needs 10 GB of disk. */
export async function growth(hub: Hub, runs: number): Promise<string> {
  const [ours] = TOOLS;
  if (ours === undefined) throw new Error('there is no tool to measure');
  const deploy = (directory: string, space: string) => measure(ours, { hubUrl: hub.url, space, directory }, hub);
  const rows: string[][] = [];
  const add = (what: string, runs: readonly Measurement[]) => {
    rows.push(rowOf(what, runs));
    console.error(rows.at(-1)?.join(' | '));
  };
  const medians: number[] = [];
  for (const count of COUNTS) {
    const workspace = manyFiles(count);
    const space = `me/growth-${count}`;
    add(`${count} files, first deployment`, [await deploy(workspace.directory, space)]);
    const unchanged: Measurement[] = [];
    for (let run = 0; run < runs; run++) unchanged.push(await deploy(workspace.directory, space));
    add(`${count} files, nothing changed`, unchanged);
    medians.push(spreadOf(unchanged.map(({ ms }) => ms)).median);
    workspace.remove();
    await deleteSpace(hub, space);
  }
  const both = filesAndOneLarge(20_000, LARGE_BYTES);
  add('20000 files of 4 kB and one of 2 GB', [await deploy(both.directory, 'me/growth-large')]);
  both.remove();
  const [few = Number.NaN, many = Number.NaN] = medians;
  const head = ['', 'time, s', 'CPU, s', 'requests', 'peak memory'];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `${table}\n\nNothing changed: ${(many / few).toFixed(2)} times as long with 20,000 files as with 1,000.`;
}

function rowOf(what: string, runs: readonly Measurement[]): string[] {
  const median = (of: (run: Measurement) => number) => spreadOf(runs.map(of)).median;
  return [
    what,
    (median(({ ms }) => ms) / 1000).toFixed(2),
    (median(({ cpuMs }) => cpuMs) / 1000).toFixed(2),
    String(median(({ requests }) => requests)),
    `${Math.round(Math.max(...runs.map(({ peakBytes }) => peakBytes)) / MB)} MB`,
  ];
}
