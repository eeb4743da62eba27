import { CONFIG_FILE } from '../../inputs/config/read-file.ts';
import type { Sdk } from '../../inputs/sdk.ts';

/** What `init` knows when it writes. */
export interface Project {
  /** `owner/name`. */
  readonly space: string;
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly sdk: Sdk;
  readonly hasStaging: boolean;
  /** The branch whose pushes are deployed. */
  readonly branch: string;
}

const SCHEMA = 'https://raw.githubusercontent.com/OWNER/spaceport/v1/spaceport.schema.json';
const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';

/** The spaceport.yml of a project. Pure. */
export function configText({ space, path, sdk, hasStaging }: Project): string {
  const lines = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    'defaults:',
    `  path: ${JSON.stringify(path)}`,
    `  sdk: ${sdk}`,
    ...(path === '.' ? [`  exclude: [${CONFIG_FILE}]`] : []),
    '',
    'environments:',
    ...(hasStaging ? ['  staging:', `    space: ${space}-staging`] : []),
    '  production:',
    `    space: ${space}`,
    ...(hasStaging ? ['    promoted-from: staging # only what staging runs, healthy'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The workflow of a project: each push to the branch is deployed, to staging first where there is one. Pure. */
export function workflowText({ hasStaging, branch }: Project): string {
  const environments = hasStaging ? ['staging', 'production'] : ['production'];
  return `# Deploys each push to ${branch} with Spaceport; spaceport.yml says where to. Keep a Hub token with write access as the
# secret HF_TOKEN of ${environments.length === 1 ? 'the GitHub environment' : 'the GitHub environments'} ${environments.join(' and ')}.
name: Deploy

on:
  push:
    branches: [${JSON.stringify(branch)}]
  workflow_dispatch:

permissions: {}

concurrency:
  group: spaceport
  cancel-in-progress: false

jobs:
${environments.map((environment, index) => job(environment, environments[index - 1])).join('\n')}`;
}

function job(environment: string, after: string | undefined): string {
  return `  ${environment}:
${after === undefined ? '' : `    needs: ${after}\n`}    runs-on: ubuntu-latest
    timeout-minutes: 45
    permissions:
      contents: read
    environment:
      name: ${environment}
      url: \${{ steps.deploy.outputs.app-url }}
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - id: deploy
        uses: OWNER/spaceport@v1
        with:
          environment: ${environment}
          token: \${{ secrets.HF_TOKEN }}
`;
}
