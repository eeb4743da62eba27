import type { Workspace } from './workspace.ts';

/** One step `uses: spaceport` of a workflow. */
export interface Deployment {
  /** What it is to the person who watches. */
  readonly title: string;
  readonly workspace: Workspace;
  /** The step's `with`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Where the app documents itself. */
  readonly docsPath?: string;
  /** Must end as `unchanged`. */
  readonly expectUnchanged?: boolean;
}

/** What came of it. */
export interface Ran {
  readonly deployment: Deployment;
  readonly exitCode: number;
  readonly tookMs: number;
  /** How many requests the Hub had. */
  readonly requests: number;
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  readonly summaryFile: string;
  readonly logFile: string;
}

/** The last value of an output. */
export function output(ran: Ran, name: string): string | undefined {
  return ran.outputs.get(name)?.at(-1);
}
