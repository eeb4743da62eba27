import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { layConfig } from '../../../src/inputs/config/configure.ts';
import { NAMES_IN_FILE } from '../../../src/inputs/config/forms.ts';
import { parseConfig } from '../../../src/inputs/config/parse-config.ts';

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly environment?: { readonly name: string; readonly url?: string };
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, Readonly<Record<string, readonly string[]>> | null>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const OWN = '.github/workflows';
export const TO_COPY = 'examples/workflows';

/** Paths of the workflows in a directory. */
export function workflowsIn(directory: string): readonly string[] {
  return readdirSync(directory)
    .sort()
    .map((name) => join(directory, name));
}

export function readWorkflow(path: string): Workflow {
  return parse(readFileSync(path, 'utf8')) as Workflow;
}

export function job(workflow: Workflow, name: string): Job {
  const found = workflow.jobs[name];
  if (found === undefined) throw new Error(`there is no job ${name} among ${Object.keys(workflow.jobs).join(', ')}`);
  return found;
}

export function needsOf({ needs = [] }: Job): readonly string[] {
  return typeof needs === 'string' ? [needs] : needs;
}

/** The one step of a job that calls the action. */
export function deployment(workflow: Workflow, name: string): Readonly<Record<string, string>> {
  const calls = job(workflow, name).steps.filter(({ uses }) => uses === './');
  if (calls.length !== 1) throw new Error(`${name} calls the action ${calls.length} times`);
  return Object.fromEntries(Object.entries(calls[0]?.with ?? {}).map(([key, value]) => [key, String(value)]));
}

/** Names of the jobs that call the action. */
export function deployments(workflow: Workflow): readonly string[] {
  return Object.keys(workflow.jobs).filter((name) => job(workflow, name).steps.some(({ uses }) => uses === './'));
}

/** What the file that a job names gives, `defaults` below the environment of the job, as one text for each input. */
export function fromFile(workflow: Workflow, name: string): Readonly<Record<string, unknown>> {
  const given = deployment(workflow, name);
  const file = given['config'] ?? '';
  const { config, problems } = parseConfig(file, readFileSync(file, 'utf8'), {});
  const { raw, problems: more } = layConfig(config, { text: (input) => given[input] ?? '', env: {}, event: {} });
  if (problems.length + more.length > 0) throw new Error(JSON.stringify([...problems, ...more]));
  const texts = NAMES_IN_FILE.map((input) => [input, raw.text(input)] as const).filter(([, text]) => text !== '');
  const maps = NAMES_IN_FILE.map((input) => [input, Object.fromEntries(raw.below?.(input) ?? [])] as const);
  return Object.fromEntries([...maps.filter(([, map]) => Object.keys(map).length > 0), ...texts]);
}

/** The Space that a job deploys to. */
export function spaceOf(workflow: Workflow, name: string): string {
  return String(fromFile(workflow, name)['space']);
}
