import { join, normalize } from 'node:path';
import { Failure, type Problem } from '../base/failure.ts';
import { onDemand } from '../base/on-demand.ts';
import type { OnProgress } from '../base/progress.ts';
import { globMatcher } from '../inputs/globs.ts';
import { hardwareProblems } from '../inputs/hardware.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { HubSdk } from '../inputs/sdk.ts';
import { staticSecrets } from '../inputs/settings.ts';
import { volumeProblems } from '../inputs/volumes.ts';
import { digestOf } from './blob-id.ts';
import { cardProblems } from './card/card-checks.ts';
import { type MadeCard, makeCard } from './card/make-card.ts';
import { clashingPaths } from './checks/clashing-paths.ts';
import { confidentialFiles } from './checks/confidential.ts';
import { missingEntryPoint } from './checks/entry-point.ts';
import { forkProblems } from './checks/fork-guard.ts';
import { impossiblePaths, lfsPointers } from './checks/guards.ts';
import { otherApps } from './checks/other-apps.ts';
import { dockerWarnings, executableWarnings, installWarnings } from './checks/source-warnings.ts';
import { deployFile, generatedFile, type NamedFile, withBlobIds } from './deploy-file.ts';
import { readExampleNames } from './example-names.ts';
import { GIT_ATTRIBUTES, README } from './file-names.ts';
import type { FoundFile } from './files/found-file.ts';
import { listFiles } from './files/list-files.ts';
import { renameFiles } from './files/rename-files.ts';
import { type GitWorld, openRepository } from './files/repository.ts';
import { readHead } from './head.ts';
import type { ConfidentialFile, DeployFile, Source } from './source.ts';

/**
 * Reads what is to be deployed. Files that git knows to be unchanged are not opened.
 *
 * @throws SourceRefused `inputs` naming every file that cannot be deployed
 */
export async function readSource(inputs: Inputs, world: GitWorld, onProgress?: OnProgress): Promise<Source> {
  const repository = openRepository(world, inputs.directory);
  const [listing, head] = await Promise.all([listFiles(inputs, repository), repository && readHead(repository)]);
  const named = await withBlobIds(listing.files, onProgress);
  const moved = renameFiles(named, inputs.renames);
  const found = moved.files.filter(({ path }) => path !== GIT_ATTRIBUTES);
  const problems = [
    ...listing.problems,
    ...lfsPointers(listing.files),
    ...impossiblePaths(found),
    ...moved.problems,
    ...forkProblems(inputs.run, head, found),
  ];
  // Opens what may be a key by its name, which may be thousands of files: for a Space that everybody can read, or a refusal.
  const confidential = onDemand(() => confidentialFiles(found.filter((file) => !isNamedAlone(file, inputs))));
  const refuse = refusalOf(confidential);
  if (found.length === 0 && problems.length > 0) refuse(problems);

  const files = new Map(found.map((file) => [file.path, deployFile(file)]));
  const clashes = () => clashingPaths([...files.keys(), README], inputs.renames);
  const made = await makeCard(inputs, files).catch((error) => refuse(withMore([...problems, ...clashes()], error)));
  for (const file of made.generated) files.set(file.path, file);
  const all = [...problems, ...clashes(), ...spaceProblems(inputs, made, files)];
  if (all.length > 0) refuse(all, made.sdk);
  if (made.card.changed) files.set(README, generatedFile(README, made.card.readme));

  return {
    requestedSdk: made.requestedSdk,
    sdk: made.sdk,
    files,
    card: made.card.keys,
    readme: made.card.readme,
    commit: head?.id,
    commitUrl: head?.url,
    sourceDigest: digestOf(keptFiles(named, moved.files)),
    contentDigest: digestOf(files.values(), inputs.protect),
    get confidential() {
      return confidential();
    },
    exampleNames: await readExampleNames(inputs.directory),
    warnings: [
      ...agreedSecrets(confidentialFiles(found.filter((file) => isNamedAlone(file, inputs)))),
      ...listing.warnings,
      ...moved.warnings,
      ...made.warnings,
      ...executableWarnings(found, made),
      ...(found.length < moved.files.length ? [NOT_OURS] : []),
      ...(await dockerWarnings(inputs, files, made, listing.excluded)),
      ...(await installWarnings(files, made)),
    ],
    notes: [(await otherApps(inputs.path, files)) ?? []].flat(),
  };
}

const NOT_OURS = `${GIT_ATTRIBUTES} stays the Space's own: the Hub keeps its LFS rules in it.`;

/** Whether `include` names this very file: whoever writes that has thought of it. */
function isNamedAlone({ path, absolute }: FoundFile, { include, directory }: Inputs): boolean {
  return include.some((name) => join('/', name) === join('/', path) || join(directory, name) === normalize(absolute));
}

function agreedSecrets(files: readonly ConfidentialFile[]): readonly string[] {
  return files.map(
    ({ path, holds }) =>
      `${JSON.stringify(path)} holds ${holds}, and is deployed because \`include\` names it: everybody who may read the files of the Space can read it.`,
  );
}

/** What a Space of this kind cannot do with these inputs and files. */
function spaceProblems(
  inputs: Inputs,
  { sdk, requestedSdk, card }: MadeCard,
  files: ReadonlyMap<string, DeployFile>,
): readonly Problem[] {
  const isProtected = globMatcher(inputs.protect);
  return [
    ...cardProblems(card.keys),
    ...missingEntryPoint(sdk, card.keys, (path) => files.has(path), isProtected),
    ...(sdk === 'static' && inputs.secrets.size > 0 ? [staticSecrets([...inputs.secrets.keys()])] : []),
    ...hardwareProblems(inputs, requestedSdk),
    ...volumeProblems(inputs.volumes, requestedSdk),
  ];
}

/** The files cannot be deployed as they are; which of them hold secrets is known all the same. */
export class SourceRefused extends Failure {
  readonly confidential: readonly ConfidentialFile[];
  readonly sdk: HubSdk | undefined;

  constructor(problems: readonly Problem[], confidential: readonly ConfidentialFile[], sdk?: HubSdk) {
    super('inputs', problems);
    this.confidential = confidential;
    this.sdk = sdk;
  }
}

function refusalOf(confidential: () => readonly ConfidentialFile[]) {
  return (problems: readonly Problem[], sdk?: HubSdk): never => {
    throw new SourceRefused(problems, confidential(), sdk);
  };
}

/** A refusal also names what was found before, so that nobody has to fix one thing per run. */
function withMore(problems: readonly Problem[], error: unknown): readonly Problem[] {
  if (error instanceof Failure && error.kind === 'inputs') return [...problems, ...error.problems];
  throw error;
}

/** The files as they are in the repository, without those that a renamed one replaces. */
function keptFiles(listed: readonly NamedFile[], moved: readonly NamedFile[]): readonly NamedFile[] {
  if (listed === moved) return listed;
  const absolutes = new Set(moved.map(({ absolute }) => absolute));
  return listed.filter(({ absolute }) => absolutes.has(absolute));
}
