import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpaceSource } from '../../space-runtime.ts';
import { errorMessage } from '../base/error-code.ts';
import { BuildFailure, CannotRehearse, ConfigFailure } from '../base/failures.ts';
import type { Engine } from '../engine/engine.ts';
import type { Image } from '../engine/image.ts';
import type { BuildJob } from '../image/build-job.ts';
import { type Card, readCard } from '../image/card.ts';

/**
 * Reads the card of a commit, and checks out what is to be built. Throws ConfigFailure when it does not say what to
 * build.
 */
export async function prepareBuild(
  source: SpaceSource,
  commit: string,
  into: string,
): Promise<{ card: Card; context: string }> {
  const card = readCard(await readableFrontMatter(source, commit));
  const context = join(into, 'context');
  await mkdir(context, { recursive: true });
  // A site is served as it was committed; its files are written when somebody asks for them.
  if (card.sdk !== 'static') await source.checkout(commit, context);
  if (card.sdk === 'docker' && !(await isFile(join(context, 'Dockerfile')))) {
    throw new ConfigFailure('CONFIG_ERROR', 'No Dockerfile at the root of the repository');
  }
  if (isPython(card.sdk) && !(await isFile(join(context, card.appFile ?? 'app.py')))) {
    throw new ConfigFailure('NO_APP_FILE', 'No application file');
  }
  return { card, context };
}

/** Builds the image that the card asks for. Throws BuildFailure when a step fails. */
export async function buildImage(card: Card, commit: string, engine: Engine, job: BuildJob): Promise<Image> {
  try {
    const image = await buildBySdk(card, commit, engine, job);
    job.log('--> Pushing image\n');
    job.log('DONE 0.0s\n');
    return image;
  } catch (error) {
    if (error instanceof CannotRehearse) job.log(`Cannot be rehearsed here: ${error.message}\n`);
    else if (!job.signal.aborted)
      job.log(`ERROR: ${error instanceof BuildFailure ? error.reason : errorMessage(error)}\n`);
    throw error;
  }
}

async function buildBySdk(card: Card, commit: string, engine: Engine, job: BuildJob): Promise<Image> {
  const { sdk, title, appFile } = card;
  if (sdk === 'static') return { kind: 'site', commit, root: job.context, appFile: appFile ?? 'index.html' };
  const built = await engine.build(card, job);
  return { kind: 'app', commit, title, variables: { ...job.variables }, built };
}

async function readableFrontMatter(source: SpaceSource, commit: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await source.frontMatter(commit);
  } catch (error) {
    throw new ConfigFailure('CONFIG_ERROR', `Invalid front matter in README.md: ${errorMessage(error)}`);
  }
}

function isPython(sdk: Card['sdk']): boolean {
  return sdk === 'gradio' || sdk === 'streamlit';
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
