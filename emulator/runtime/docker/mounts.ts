import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { BuildFailure } from '../base/failures.ts';
import { cloneTree } from '../image/clone-tree.ts';
import type { Build } from './build.ts';
import { notFound } from './copy-into-image.ts';
import type { Mount } from './dockerfile.ts';
import { fileRoot } from './file-roots.ts';
import type { StageState } from './stage-state.ts';

/** What a mount puts at its place for the time of the step; undefined for nothing. */
type Put = ((place: string) => Promise<unknown>) | undefined;

/**
 * Runs a step with its mounts. There are no mounts without a container, so files and directories are put in place and
 * taken away again: what the step writes there is not in the image, as with Docker. Throws BuildFailure when a mount
 * has no source.
 */
export async function withMounts<T>(
  mounts: readonly Mount[],
  stage: StageState,
  build: Build,
  run: () => Promise<T>,
): Promise<T> {
  const removals: (() => Promise<unknown>)[] = [];
  const before = { ...stage.env };
  try {
    for (const mount of mounts) {
      const put = await contentOf(mount, stage, build);
      if (put) removals.unshift(await putInPlace(stage, targetOf(mount), put));
    }
    return await run();
  } finally {
    for (const remove of removals) await remove();
    for (const name of Object.keys(stage.env)) if (!Object.hasOwn(before, name)) delete stage.env[name];
    Object.assign(stage.env, before);
  }
}

async function contentOf(mount: Mount, stage: StageState, build: Build): Promise<Put> {
  switch (mount['type'] ?? 'bind') {
    case 'bind': {
      const source = sourceOf(mount);
      const { root } = await fileRoot(mount['from'], [source], build);
      const path = join(root, posix.normalize(`/${source}`));
      if ((await lstat(path).catch(() => undefined)) === undefined) throw new BuildFailure(1, notFound(source));
      return (place) => cloneTree(path, place);
    }
    // The caches of package managers are this machine's; whatever else a step keeps there may be gone the next time.
    case 'cache':
    case 'tmpfs':
      return (place) => mkdir(place, { recursive: true });
    case 'secret':
      return secretOf(mount, stage, build);
    case 'ssh':
      if (mount['required'] === 'true') throw new BuildFailure(1, 'no SSH key "default" forwarded from the client');
      return undefined;
    default:
      throw new BuildFailure(1, `dockerfile parse error: unsupported mount type "${mount['type']}"`);
  }
}

/** `--mount=type=secret,id=NAME` is a file, or a variable, for the time of the step (hub-contract §17). */
function secretOf(mount: Mount, stage: StageState, { job }: Build): Put {
  const id = mount['id'] ?? mount['source'] ?? mount['src'] ?? basename(mount['target'] ?? '');
  const value = job.secrets[id];
  if (value === undefined) {
    if (mount['required'] === 'true') throw new BuildFailure(1, `failed to solve: secret ${id}: not found`);
    return undefined;
  }
  const variable = mount['env'];
  if (variable !== undefined) stage.env[variable] = value;
  if (variable !== undefined && mount['target'] === undefined) return undefined;
  return (place) => writeFile(place, value, { mode: 0o600 });
}

function sourceOf(mount: Mount): string {
  return (mount['source'] ?? mount['src'] ?? '').replace(/^\.?\/+/, '');
}

function targetOf(mount: Mount): string {
  const target = mount['target'] ?? mount['dst'] ?? mount['destination'];
  if (target !== undefined) return target;
  if (mount['type'] === 'secret') return `/run/secrets/${mount['id'] ?? sourceOf(mount)}`;
  throw new BuildFailure(1, 'dockerfile parse error: mount target is not set');
}

/** Moves aside what is there already; the function that it returns restores that. */
async function putInPlace(stage: StageState, target: string, put: NonNullable<Put>): Promise<() => Promise<unknown>> {
  const path = posix.resolve(stage.workdir, stage.expand(target));
  stage.paths.add(path);
  const place = stage.paths.locate(path);
  await mkdir(dirname(place), { recursive: true });
  const aside = `${stage.paths.root}.${randomUUID()}`;
  const wasThere = await rename(place, aside).then(
    () => true,
    () => false,
  );
  await put(place);
  return async () => {
    await rm(place, { recursive: true, force: true });
    if (wasThere) await rename(aside, place);
  };
}
