import type { Hub } from '../../emulator/api.ts';
import { type Link, openLink } from './link.ts';
import { createSpace, deleteSpace } from './local-hub.ts';
import { type Measurement, measure } from './measure.ts';
import { TOOLS, type Tool } from './tools.ts';
import { manyFiles, oneLargeFile, type Workspace } from './workspace.ts';

/** How many runs and how many files. */
export interface Size {
  readonly runs: number;
  readonly few: number;
  /** Of the situations behind a link. */
  readonly several: number;
  readonly many: number;
  readonly largeMb: number;
  /** Round trips, in milliseconds, besides that of loopback. */
  readonly links: readonly number[];
}

/** What each tool cost, run by run, in one situation. */
export interface Situation {
  readonly what: string;
  /** Milliseconds of a round trip. */
  readonly roundTripMs: number;
  readonly byTool: ReadonlyMap<string, Measurement[]>;
}

type Workspaces = (tool: Tool) => Workspace;

/** Where the tools work in one round, and which of them. */
interface Place {
  readonly link: Link | undefined;
  readonly roundTripMs: number;
  readonly tools: readonly Tool[];
  /** Tells the Spaces of rounds and sizes apart. */
  readonly round: string;
}

/** Behind a link, each run takes seconds: there the yardstick is enough. */
const BEHIND_LINKS = ['Spaceport', 'hf upload'];

/**
 * Runs every situation once in each round, with every tool. Each round begins with a different tool, so that other work
 * on the machine affects all of them equally. Every Space is checked afterwards: a tool that did not deploy was not fast.
 */
export async function runAll(hub: Hub, size: Size, tell: (line: string) => void): Promise<readonly Situation[]> {
  const [few, several, many] = [manyFiles(size.few), manyFiles(size.several), manyFiles(size.many)];
  const large = oneLargeFile(size.largeMb * 1024 * 1024, false);
  const largeByLfs = oneLargeFile(size.largeMb * 1024 * 1024, true);
  const links = await Promise.all(size.links.map(async (ms) => ({ ms, link: await openLink(hub.url, ms) })));
  const record = recordOf(hub, tell);
  try {
    for (let run = 0; run < size.runs; run++) {
      const tools = [...TOOLS.slice(run % TOOLS.length), ...TOOLS.slice(0, run % TOOLS.length)];
      const both = tools.filter(({ name }) => BEHIND_LINKS.includes(name));
      for (const { ms, link } of links) {
        for (const [count, workspace] of [[size.few, few] as const, [size.several, several] as const]) {
          const place = { link, roundTripMs: ms, tools: both, round: `${run}-${ms}-${count}` };
          await threeSituations(record, place, `${count} files`, workspace);
        }
      }
      const near = { link: undefined, roundTripMs: 0, tools };
      await threeSituations(record, { ...near, round: `${run}-few` }, `${size.few} files`, few);
      await threeSituations(record, { ...near, round: `${run}-many` }, `${size.many} files`, many);
      const byPush = (tool: Tool) => (tool.name === 'git push' ? largeByLfs : large);
      const last = { ...near, round: `${run}-large` };
      await record.take(`one file of ${size.largeMb} MB, first deployment`, last, byPush, true);
      await record.end(last);
    }
  } finally {
    for (const workspace of [few, several, many, large, largeByLfs]) workspace.remove();
    for (const { link } of links) await link.close();
  }
  return record.situations();
}

async function threeSituations(record: Record, place: Place, files: string, workspace: Workspace): Promise<void> {
  await record.take(`${files}, first deployment`, place, () => workspace, true);
  await record.take(`${files}, nothing changed`, place, () => workspace, false);
  workspace.change();
  await record.take(`${files}, one changed`, place, () => workspace, false);
  await record.end(place);
}

type Record = ReturnType<typeof recordOf>;

function recordOf(hub: Hub, tell: (line: string) => void) {
  const situations = new Map<string, Situation>();
  return {
    async take(what: string, { link, roundTripMs, tools, round }: Place, of: Workspaces, isFirst: boolean) {
      const key = `${roundTripMs} ${what}`;
      const byTool = new Map<string, Measurement[]>(tools.map(({ name }) => [name, []]));
      const situation = situations.get(key) ?? { what, roundTripMs, byTool };
      situations.set(key, situation);
      for (const tool of tools) {
        const space = spaceOf(tool, round);
        const workspace = of(tool);
        if (isFirst && !tool.creates) await createSpace(hub, space);
        const target = { hubUrl: link?.url ?? hub.url, space, directory: workspace.directory };
        const cost = await measure(tool, target, hub, link);
        situation.byTool.get(tool.name)?.push(cost);
        await mustHold(hub, space, workspace);
        tell(`${what}, ${roundTripMs} ms: ${tool.name} ${Math.round(cost.ms)} ms`);
      }
    },
    end: ({ tools, round }: Place) => Promise.all(tools.map((tool) => deleteSpace(hub, spaceOf(tool, round)))),
    situations: () => [...situations.values()],
  };
}

function spaceOf(tool: Tool, round: string): string {
  return `me/${tool.name.replace(/\W/g, '-').toLowerCase()}-${round}`;
}

async function mustHold(hub: Hub, id: string, { files, sample }: Workspace): Promise<void> {
  const space = hub.space(id);
  const there = await space?.files();
  const missing = files().filter((path) => there?.[path] === undefined);
  if (missing.length > 0) throw new Error(`${id} lacks ${missing.length} files: ${missing.slice(0, 3).join(', ')}`);
  const isNewest = (await space?.read(sample.path))?.equals(sample.content());
  if (!isNewest) throw new Error(`${id} has an older ${sample.path}`);
}
