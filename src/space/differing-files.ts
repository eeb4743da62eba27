import { globMatcher } from '../inputs/globs.ts';
import type { Inputs, Rename } from '../inputs/inputs.ts';
import { sha256Of } from '../source/blob-id.ts';
import { GIT_ATTRIBUTES, README } from '../source/file-names.ts';
import type { DeployFile, Source } from '../source/source.ts';
import type { RemoteFile } from './space-state.ts';

const MOST_FILES = 20;
/** The Hub keeps its LFS rules in the first, and the second may have the card of its environment. */
const NOT_COMPARED = [GIT_ATTRIBUTES, README];

const GITHUB_DIRECTORY = '.github/';

type Tree = ReadonlyMap<string, RemoteFile>;

/**
 * The files in which the source of another Space differs from ours, as lines for people. Of that source only the
 * deployed tree is known: it is compared with the tree that we would deploy, by the names of the files in the
 * repository, as far as our own renames say.
 */
export async function differingFiles(
  theirTree: Tree,
  inputs: Pick<Inputs, 'renames' | 'protect'>,
  source: Pick<Source, 'files'>,
): Promise<readonly string[]> {
  const differences = await findDifferences(theirTree, inputs, source);
  return [
    'Files that run there, compared with those of this deployment; without README.md, which may have another card, and without generated files:',
    ...differences.slice(0, MOST_FILES).map(({ name, how }) => `  ${how}: ${name}`),
    ...(differences.length > MOST_FILES ? [`  … and ${differences.length - MOST_FILES} more`] : []),
    ...(differences.length === 0
      ? ['  none differs: it is README.md, or a file that is renamed or generated there']
      : []),
  ];
}

/** Each file that differs, by its name in the repository; `withReadme`, unless we would make one, also README.md. */
export async function findDifferences(
  theirTree: Tree,
  { renames, protect }: Pick<Inputs, 'renames' | 'protect'>,
  { files }: Pick<Source, 'files'>,
  withReadme = false,
): Promise<readonly { readonly name: string; readonly how: string }[]> {
  const isProtected = globMatcher(protect);
  const generated = [...files.values()].filter(isGenerated).map(({ path }) => path);
  const notCompared = withReadme && files.has(README) ? [GIT_ATTRIBUTES] : NOT_COMPARED;
  // No deployment of ours has these; git pushes them, and no app reads them.
  const isLeftOut = (path: string) =>
    notCompared.includes(path) || generated.includes(path) || path.startsWith(GITHUB_DIRECTORY);
  const ours = byOriginalName(files, renames, (path) => !isLeftOut(path));
  const theirs = byOriginalName(
    theirTree,
    renames,
    (path) => !isLeftOut(path) && (ours.has(path) || !isProtected(path)),
  );
  const both = [...ours].flatMap(([name, file]) => {
    const there = theirs.get(name);
    return there === undefined ? [] : [{ name, file, there }];
  });
  const same = await Promise.all(both.map(({ file, there }) => isSame(file, there)));
  return [
    ...both.filter((_, index) => !same[index]).map(({ name }) => ({ name, how: 'changed' })),
    ...[...ours.keys()].filter((name) => !theirs.has(name)).map((name) => ({ name, how: 'only here' })),
    ...[...theirs.keys()].filter((name) => !ours.has(name)).map((name) => ({ name, how: 'only there' })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Made by us from inputs: no file of the repository. */
function isGenerated({ content }: DeployFile): boolean {
  return content.kind === 'memory';
}

/** Files by their names in the repository: our renames are reversed, there too where the first name is not taken. */
function byOriginalName<T extends { readonly path: string }>(
  files: ReadonlyMap<string, T>,
  renames: readonly Rename[],
  isCompared: (path: string) => boolean,
): ReadonlyMap<string, T> {
  const origin = new Map(renames.filter(({ from }) => !files.has(from)).map(({ from, to }) => [to, from]));
  const compared = [...files.values()].filter(({ path }) => isCompared(path));
  return new Map(compared.map((file) => [origin.get(file.path) ?? file.path, file]));
}

async function isSame({ blobId, size, content }: DeployFile, there: RemoteFile): Promise<boolean> {
  if (there.lfs === undefined) return there.oid === blobId;
  return there.size === size && (await sha256Of(content)) === there.lfs;
}
