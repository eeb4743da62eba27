import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Deployment } from './deployment.ts';
import { ROOT } from './root.ts';
import { workspaceOf } from './workspace.ts';

const EXAMPLE = 'examples/lead-scoring/api';

/** What to deploy with these inputs, or without any. Throws an error with a sentence for the user. */
export function planRehearsal(given: Readonly<Record<string, string>> | undefined): readonly Deployment[] {
  return given === undefined ? exampleDeployments() : [ownDeployment(given)];
}

/** Staging, production, and staging again. */
function exampleDeployments(): readonly Deployment[] {
  const workspace = workspaceOf(join(ROOT, EXAMPLE), ROOT);
  const installed = !workspace.inGit && existsSync(join(ROOT, EXAMPLE, 'node_modules'));
  const step = (title: string, space: string, environment: string, more: Deployment['inputs'] = {}): Deployment => ({
    title: `${title}: ${space}`,
    workspace,
    docsPath: '/docs',
    inputs: {
      space,
      environment,
      path: workspace.path,
      'health-expect': `environment=${environment}`,
      // git leaves it out; without git, everything in the directory would be deployed.
      ...(installed ? { exclude: 'node_modules/**' } : {}),
      ...more,
    },
  });
  const staging = 'me/lead-scoring-api-staging';
  return [
    step('To staging', staging, 'staging'),
    step('To production', 'me/lead-scoring-api', 'production', { 'promoted-from': staging }),
    { ...step('To staging again', staging, 'staging'), expectUnchanged: true },
  ];
}

/** One deployment of a directory that the user names, relative to where the user is. Throws when there is none. */
function ownDeployment(given: Readonly<Record<string, string>>): Deployment {
  const directory = resolve(whereTheUserIs(), given['path'] ?? '.');
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`There is no directory ${directory}.`);
  const workspace = workspaceOf(directory);
  const space = given['space'] ?? `me/${spaceName(basename(directory))}`;
  return { title: `${directory} to ${space}`, workspace, inputs: { ...given, space, path: workspace.path } };
}

function spaceName(directoryName: string): string {
  const name = directoryName.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  return name === '' ? 'app' : name;
}

/** npm starts its scripts in the root of the package, wherever the user called it. */
function whereTheUserIs(): string {
  const { npm_lifecycle_event: script, INIT_CWD: called } = process.env;
  return script === 'start' && called !== undefined ? called : process.cwd();
}
