import pMap from 'p-map';
import type { Inputs } from '../inputs/inputs.ts';
import { hasFingerprint } from '../marks/fingerprint.ts';
import { sha256Of } from '../source/blob-id.ts';
import type { Source } from '../source/source.ts';
import type { SpaceState } from './space-state.ts';

export type SecretStatus = 'new' | 'same' | 'changed' | 'unrecognised';

/** What names alone cannot say: it takes reading a file, or a slow hash. */
export interface Comparison {
  /** Each secret that we were given, compared with the one of the Space. */
  readonly secrets: ReadonlyMap<string, SecretStatus>;
  /** Paths of large files whose content the Space already has. */
  readonly sameLargeFiles: ReadonlySet<string>;
}

const FILES_AT_ONCE = 2;

/** Compares our secrets and large files with those of the Space. */
export async function compare(inputs: Inputs, source: Source, space: SpaceState): Promise<Comparison> {
  const [secrets, sameLargeFiles] = await Promise.all([compareSecrets(inputs, space), findSameFiles(source, space)]);
  return { secrets, sameLargeFiles };
}

async function compareSecrets(inputs: Inputs, space: SpaceState): Promise<ReadonlyMap<string, SecretStatus>> {
  const stored = space.kind === 'present' ? space.secrets : new Map<string, never>();
  const found = await Promise.all(
    [...inputs.secrets].map(async ([name, value]): Promise<[string, SecretStatus]> => {
      const there = stored.get(name);
      if (there === undefined) return [name, 'new'];
      const same = await hasFingerprint(there.description, value);
      return [name, same === undefined ? 'unrecognised' : same ? 'same' : 'changed'];
    }),
  );
  return new Map(found);
}

/** Only files of the same size that the Space keeps as LFS files have to be read. */
async function findSameFiles(source: Source, space: SpaceState): Promise<ReadonlySet<string>> {
  const tree = space.kind === 'present' ? space.tree : undefined;
  const candidates = [...(tree?.values() ?? [])].filter(
    ({ path, lfs, size }) => lfs !== undefined && source.files.get(path)?.size === size,
  );
  const same = await pMap(
    candidates,
    async ({ path, lfs }) => {
      const file = source.files.get(path);
      return file !== undefined && (await sha256Of(file.content)) === lfs ? [path] : [];
    },
    { concurrency: FILES_AT_ONCE },
  );
  return new Set(same.flat());
}
