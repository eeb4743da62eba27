import type { Workspace } from './workspace.ts';

/** One step `uses: spaceport` of a workflow. */
export interface Deployment {
  /** Its title on the screen. */
  readonly title: string;
  readonly workspace: Workspace;
  /** The step's `with`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Path of the app's documentation. */
  readonly docsPath?: string;
  /** Must end as `unchanged`. */
  readonly expectUnchanged?: boolean;
}

/** Its result. */
export interface Ran {
  readonly deployment: Deployment;
  readonly exitCode: number;
  readonly tookMs: number;
  /** How many requests the Hub received. */
  readonly requests: number;
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  readonly summaryFile: string;
  readonly logFile: string;
}

/** The last value of an output. */
export function output(ran: Ran, name: string): string | undefined {
  return ran.outputs.get(name)?.at(-1);
}
