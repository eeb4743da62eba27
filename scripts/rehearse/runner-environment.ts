import { writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import type { ActionInput } from './action-inputs.ts';
import type { Deployment } from './deployment.ts';

export interface Job {
  readonly actionInputs: readonly ActionInput[];
  readonly hubUrl: string;
  readonly token: string;
  /** Where the runner keeps the files of this step. */
  readonly directory: string;
  /** 1 for the first step; a later run has a greater id. */
  readonly number: number;
}

const MACHINE = ['HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'SystemRoot', 'USERPROFILE'];

/** The environment that GitHub's runner gives a step of a public repository; from this machine's own, only what git needs. */
export function runnerEnvironment(deployment: Deployment, job: Job, machine = process.env): Record<string, string> {
  const { workspace } = deployment;
  const given: Readonly<Record<string, string>> = { ...deployment.inputs, 'hub-url': job.hubUrl };
  return {
    ...picked(machine, [...MACHINE, ...bareNames(given)]),
    PATH: [dirname(process.execPath), machine['PATH'] ?? ''].join(delimiter),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: `rehearsal/${basename(workspace.root)}`,
    GITHUB_RUN_ID: String(job.number),
    GITHUB_RUN_NUMBER: String(job.number),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: written(join(job.directory, 'event.json'), '{"repository":{"private":false}}'),
    GITHUB_WORKSPACE: workspace.root,
    GITHUB_OUTPUT: written(join(job.directory, 'outputs.txt'), ''),
    GITHUB_STEP_SUMMARY: written(join(job.directory, 'summary.md'), ''),
    ...(workspace.commit === undefined ? {} : { GITHUB_SHA: workspace.commit }),
    // A checkout that is no repository must not count as part of a repository around it.
    GIT_CEILING_DIRECTORIES: dirname(workspace.root),
    RUNNER_TEMP: job.directory,
    HF_TOKEN: job.token,
    ...Object.fromEntries(
      job.actionInputs.map((input) => [`INPUT_${input.name.toUpperCase()}`, given[input.name] ?? input.default]),
    ),
  };
}

/** Secrets and variables without a value come from the step's environment, which is the user's here. */
function bareNames(inputs: Readonly<Record<string, string>>): readonly string[] {
  return `${inputs['secrets'] ?? ''}\n${inputs['variables'] ?? ''}`
    .split('\n')
    .flatMap((line) => line.match(/^\s*\w+\s*$/) ?? []);
}

function picked(from: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = from[name.trim()];
      return value === undefined ? [] : [[name.trim(), value]];
    }),
  );
}

function written(path: string, content: string): string {
  writeFileSync(path, content);
  return path;
}
