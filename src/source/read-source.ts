import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import picomatch from 'picomatch';
import { Failure, type Problem } from '../base/failure.ts';
import type { World } from '../edges/world.ts';
import { hardwareProblems } from '../inputs/hardware.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { staticSecrets } from '../inputs/settings.ts';
import { blobIdOf, blobIdOfFile, digestOf } from './blob-id.ts';
import { cardProblems } from './card/card-checks.ts';
import { readFrontMatter } from './card/front-matter.ts';
import { type Card, overlayCard } from './card/overlay-card.ts';
import { chooseSdk, DEFAULT_PORT } from './card/sdk.ts';
import { STREAMLIT_PORT, streamlitDockerfile } from './card/streamlit.ts';
import { dockerfileWarnings } from './checks/dockerfile.ts';
import { missingEntryPoint } from './checks/entry-point.ts';
import { forkProblems } from './checks/fork-guard.ts';
import { confidentialFiles, impossiblePaths, lfsPointers } from './checks/guards.ts';
import type { FoundFile } from './files/found-file.ts';
import { listFiles } from './files/list-files.ts';
import { renameFiles } from './files/rename-files.ts';
import type { DeployFile, Source } from './source.ts';

const README = 'README.md';
/** The Hub writes its LFS rules into this file; ours would take them away (hub-contract §12.2). */
const KEPT_BY_THE_HUB = '.gitattributes';
const FILES_AT_ONCE = 16;

/**
 * Reads what is to be deployed. Files that git knows to be unchanged are not opened.
 *
 * @throws Failure `inputs` naming every file that cannot go along
 */
export async function readSource(inputs: Inputs, world: Pick<World, 'git'>): Promise<Source> {
  const [listing, commit] = await Promise.all([listFiles(inputs, world.git), headOf(world, inputs)]);
  const named = await withBlobIds(listing.files);
  const moved = renameFiles(named, inputs.renames);
  const found = moved.files.filter(({ path }) => path !== KEPT_BY_THE_HUB);
  const problems = [
    ...listing.problems,
    ...lfsPointers(listing.files),
    ...impossiblePaths(found),
    ...moved.problems,
    ...forkProblems(inputs.run, commit),
  ];
  if (found.length === 0) refuse(problems);

  const byPath = new Map(found.map((file) => [file.path, deployFile(file)]));
  const { card, requestedSdk, sdk, generated } = await configure(inputs, byPath).catch(withMore(problems));
  for (const [path, text] of generated) byPath.set(path, generatedFile(path, text));
  refuse([
    ...problems,
    ...cardProblems(card.keys),
    ...missingEntryPoint(sdk, card.keys, (path) => byPath.has(path), picomatch([...inputs.protect], { dot: true })),
    ...(sdk === 'static' && inputs.secrets.size > 0 ? [staticSecrets([...inputs.secrets.keys()])] : []),
    ...hardwareProblems(inputs, requestedSdk),
  ]);
  if (card.changed) byPath.set(README, generatedFile(README, card.readme));

  return {
    requestedSdk,
    sdk,
    files: byPath,
    card: card.keys,
    readme: card.readme,
    ...(commit === undefined ? {} : { commit }),
    sourceDigest: digestOf(goingAlong(named, moved.files)),
    contentDigest: digestOf(byPath.values(), inputs.protect),
    confidential: confidentialFiles(found),
    warnings: [
      ...listing.warnings,
      ...moved.warnings,
      ...executableWarnings(found, sdk),
      ...(found.length < moved.files.length
        ? [".gitattributes stays the Space's own: the Hub keeps its LFS rules in it."]
        : []),
      ...(sdk === 'docker' ? await dockerWarnings(inputs, byPath, card) : []),
    ],
  };
}

async function headOf({ git }: Pick<World, 'git'>, { directory }: Inputs): Promise<string | undefined> {
  return (await git(directory, ['rev-parse', 'HEAD']))?.trim();
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Failure('inputs', problems);
}

/** What was found before goes along with a refusal, so that nobody mends one thing a run. */
function withMore(problems: readonly Problem[]): (error: unknown) => never {
  return (error) => {
    if (error instanceof Failure && problems.length > 0)
      throw new Failure(error.kind, [...problems, ...error.problems]);
    throw error;
  };
}

type NamedFile = FoundFile & { readonly blobId: string };

/** Reads the files that git's index did not vouch for; the others, which may be thousands, are named already. */
async function withBlobIds(files: readonly FoundFile[]): Promise<readonly NamedFile[]> {
  const unnamed = files.filter((file) => !isNamed(file));
  const read = await pMap(
    unnamed,
    async (file) => ({ ...file, blobId: await blobIdOfFile(file.absolute, file.size) }),
    { concurrency: FILES_AT_ONCE },
  );
  const namedFrom = new Map(unnamed.map((file, index) => [file, read[index]]));
  return files.flatMap((file) => (isNamed(file) ? file : (namedFrom.get(file) ?? [])));
}

function isNamed(file: FoundFile): file is NamedFile {
  return file.blobId !== undefined;
}

function deployFile({ path, size, blobId, absolute }: NamedFile): DeployFile {
  return { path, size, blobId, content: { kind: 'disk', absolute } };
}

function generatedFile(path: string, text: string): DeployFile {
  const bytes = Buffer.from(text);
  return { path, size: bytes.length, blobId: blobIdOf(bytes), content: { kind: 'memory', bytes } };
}

/** The files as they are in the repository, but for those whose place a renamed one takes. */
function goingAlong(listed: readonly NamedFile[], moved: readonly NamedFile[]): readonly NamedFile[] {
  const absolutes = new Set(moved.map(({ absolute }) => absolute));
  return listed.filter(({ absolute }) => absolutes.has(absolute));
}

async function configure(inputs: Inputs, files: ReadonlyMap<string, DeployFile>) {
  const readme = await textOf(files.get(README));
  const own = readFrontMatter(readme);
  const has = (path: string) => files.has(path);
  const requestedSdk = chooseSdk(inputs.sdk, inputs.card['sdk'] ?? own.keys['sdk'], has).value;
  const base = Object.keys(own.keys).length === 0 ? { title: inputs.space.name } : {};
  if (requestedSdk !== 'streamlit') {
    return {
      requestedSdk,
      sdk: requestedSdk,
      card: overlayCard(readme, own, [base, inputs.card, { sdk: requestedSdk }]),
      generated: [] as [string, string][],
    };
  }
  const port = inputs.card['app_port'] ?? own.keys['app_port'] ?? STREAMLIT_PORT;
  const card = overlayCard(readme, own, [base, inputs.card, { sdk: 'docker', app_port: port }]);
  const generated: [string, string][] = has('Dockerfile')
    ? []
    : [
        [
          'Dockerfile',
          streamlitDockerfile({ card: card.keys, has, requirements: await textOf(files.get('requirements.txt')) }),
        ],
      ];
  return { requestedSdk, sdk: 'docker' as const, card, generated };
}

async function textOf(file: DeployFile | undefined): Promise<string> {
  if (file === undefined) return '';
  return file.content.kind === 'disk'
    ? readFile(file.content.absolute, 'utf8')
    : Buffer.from(file.content.bytes).toString();
}

function executableWarnings(files: readonly FoundFile[], sdk: string): readonly string[] {
  const names = files.filter(({ executable }) => executable).map(({ path }) => JSON.stringify(path));
  if (names.length === 0 || sdk === 'static') return [];
  const shown = names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ');
  return [
    `The Hub drops executable bits: ${shown}. Start them by name (sh start.sh), or chmod them in the Dockerfile.`,
  ];
}

async function dockerWarnings(
  inputs: Inputs,
  files: ReadonlyMap<string, DeployFile>,
  card: Card,
): Promise<readonly string[]> {
  const [dockerfile, dockerignore] = await Promise.all([
    textOf(files.get('Dockerfile')),
    textOf(files.get('.dockerignore')),
  ]);
  const untracked = (path: string) => existsSync(join(inputs.directory, path));
  return dockerfileWarnings(
    dockerfile,
    [...files.keys()],
    dockerignore,
    Number(card.keys['app_port'] ?? DEFAULT_PORT),
    untracked,
  );
}
