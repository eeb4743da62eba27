import type { Hub } from '../../emulator/api.ts';
import { createSpace, deleteSpace } from './local-hub.ts';
import { type Measurement, measure } from './measure.ts';
import { TOOLS, type Tool } from './tools.ts';
import { manyFiles, oneLargeFile, type Workspace } from './workspace.ts';

/** How many runs and how many files. */
export interface Size {
  readonly runs: number;
  readonly few: number;
  readonly many: number;
  readonly largeMb: number;
}

/** What each tool cost, run by run, in one situation. */
export interface Situation {
  readonly title: string;
  readonly byTool: ReadonlyMap<string, Measurement[]>;
}

type Workspaces = (tool: Tool) => Workspace;

/**
 * Runs every situation once in each round, with every tool. Each round begins with a different tool, so that other work
 * on the machine affects all of them equally. Every Space is checked afterwards: a tool that did not deploy was not fast.
 */
export async function runAll(hub: Hub, size: Size, tell: (line: string) => void): Promise<readonly Situation[]> {
  const few = manyFiles(size.few);
  const many = manyFiles(size.many);
  const large = oneLargeFile(size.largeMb * 1024 * 1024, false);
  const largeByLfs = oneLargeFile(size.largeMb * 1024 * 1024, true);
  const byPush = (tool: Tool) => (tool.name === 'git push' ? largeByLfs : large);
  const situations = new Map<string, Situation>();

  const take = async (title: string, tools: readonly Tool[], round: string, of: Workspaces, isFirst: boolean) => {
    const situation = situations.get(title) ?? { title, byTool: new Map(TOOLS.map(({ name }) => [name, []])) };
    situations.set(title, situation);
    for (const tool of tools) {
      const space = spaceOf(tool, round);
      const workspace = of(tool);
      if (isFirst && !tool.creates) await createSpace(hub, space);
      const cost = await measure(tool, { hubUrl: hub.url, space, directory: workspace.directory }, hub);
      situation.byTool.get(tool.name)?.push(cost);
      await mustHold(hub, space, workspace);
      tell(`${title}: ${tool.name} ${Math.round(cost.ms)} ms`);
    }
  };

  try {
    for (let run = 0; run < size.runs; run++) {
      const tools = [...TOOLS.slice(run % TOOLS.length), ...TOOLS.slice(0, run % TOOLS.length)];
      const end = (round: string) => Promise.all(tools.map((tool) => deleteSpace(hub, spaceOf(tool, round))));

      await take(`${size.few} files, first deployment`, tools, `few-${run}`, () => few, true);
      await take(`${size.few} files, nothing changed`, tools, `few-${run}`, () => few, false);
      await end(`few-${run}`);
      await take(`${size.many} files, first deployment`, tools, `many-${run}`, () => many, true);
      await take(`${size.many} files, nothing changed`, tools, `many-${run}`, () => many, false);
      many.change();
      await take(`${size.many} files, one changed`, tools, `many-${run}`, () => many, false);
      await end(`many-${run}`);
      await take(`one file of ${size.largeMb} MB, first deployment`, tools, `large-${run}`, byPush, true);
      await end(`large-${run}`);
    }
  } finally {
    for (const workspace of [few, many, large, largeByLfs]) workspace.remove();
  }
  return [...situations.values()];
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
