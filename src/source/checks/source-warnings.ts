import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { firstOf } from '../../base/first-of.ts';
import { globMatcher, patternsOf } from '../../inputs/globs.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { isNeverDeployed } from '../../inputs/never-deployed.ts';
import { appPortOf } from '../card/app-port.ts';
import type { MadeCard } from '../card/make-card.ts';
import { textOf } from '../deploy-file.ts';
import { DOCKERFILE } from '../file-names.ts';
import type { FoundFile } from '../files/found-file.ts';
import type { DeployFile } from '../source.ts';
import { covers, dockerfileWarnings } from './dockerfile.ts';
import { misnamedFiles } from './misnamed-files.ts';
import { windowsScripts } from './windows-scripts.ts';

const MOST_NAMED = 10;

/** The Hub's commits have no file modes. A static Space runs nothing, so there they are not missed. */
export function executableWarnings(files: readonly FoundFile[], { sdk }: MadeCard): readonly string[] {
  const names = files.filter(({ executable }) => executable).map(({ path }) => JSON.stringify(path));
  if (names.length === 0 || sdk === 'static') return [];
  return [
    `The Hub drops executable bits: ${firstOf(names, MOST_NAMED)}. Start them by name (sh start.sh), or chmod them in the Dockerfile.`,
  ];
}

/** Files that packages were to be installed from, and that have another name. */
export async function installWarnings(
  files: ReadonlyMap<string, DeployFile>,
  { requestedSdk, sdk }: MadeCard,
): Promise<readonly string[]> {
  const dockerfile = sdk === 'docker' ? await textOf(files.get(DOCKERFILE)) : '';
  return misnamedFiles(requestedSdk, [...files.keys()], dockerfile);
}

/** What the Dockerfile of a docker Space makes one expect trouble from. */
export async function dockerWarnings(
  inputs: Pick<Inputs, 'directory' | 'protect' | 'renames' | 'variables'>,
  files: ReadonlyMap<string, DeployFile>,
  { sdk, card }: MadeCard,
  excluded: readonly string[],
): Promise<readonly string[]> {
  if (sdk !== 'docker') return [];
  const { protect, variables } = inputs;
  const dockerfile = await textOf(files.get(DOCKERFILE));
  const isProtected = globMatcher(protect);
  const warnings = dockerfileWarnings({
    dockerfile,
    dockerignore: await textOf(files.get('.dockerignore')),
    deployed: [...files.keys()],
    variables: Object.fromEntries(variables),
    appPort: appPortOf(card.keys),
    whyNotDeployed: (path) => whyNotDeployed(path, inputs, excluded),
    isKept: (path) =>
      isProtected(path) || protect.flatMap(patternsOf).some((pattern) => pattern.startsWith(`${path}/`)),
  });
  return [...warnings, ...(await windowsScripts(dockerfile, files))];
}

function whyNotDeployed(
  source: string,
  { directory, renames }: Pick<Inputs, 'directory' | 'renames'>,
  excluded: readonly string[],
): string | undefined {
  const renamed = renames.find(({ from }) => covers(source)(from));
  if (renamed !== undefined)
    return `\`rename\` gives ${JSON.stringify(renamed.from)} the name ${JSON.stringify(renamed.to)}. COPY that one.`;
  if (excluded.some(covers(source))) return '`exclude` takes it out. Leave it in, or do not COPY it.';
  if (!existsSync(join(directory, source))) return undefined;
  if (isNeverDeployed(source)) return 'it is never deployed. Do not COPY it.';
  return 'git does not track it, so it is not deployed. Name it in `include`.';
}
