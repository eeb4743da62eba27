import { Failure } from '../../base/failure.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { HubSdk, Sdk } from '../../inputs/sdk.ts';
import { bytesOf, generatedFile, textOf } from '../deploy-file.ts';
import { DOCKERFILE, README } from '../file-names.ts';
import type { DeployFile } from '../source.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { misplacedFrontMatter, STARTED_LATE } from './misplaced-front-matter.ts';
import { type Card, overlayCard } from './overlay-card.ts';
import { chooseSdk } from './sdk.ts';
import { STREAMLIT_PORT, streamlitDockerfile } from './streamlit.ts';

/** What kind of Space it will be, its front matter, and the files that it needs besides the source. */
export interface MadeCard {
  readonly requestedSdk: Sdk;
  readonly sdk: HubSdk;
  readonly card: Card;
  readonly generated: readonly DeployFile[];
  readonly warnings: readonly string[];
}

type Files = ReadonlyMap<string, DeployFile>;

/**
 * Derives the SDK and lays the input `card` over the front matter of the README.
 *
 * @throws Failure `inputs` when nothing says what kind of Space it is, or the front matter cannot be read
 */
export async function makeCard(inputs: Inputs, files: Files): Promise<MadeCard> {
  const readme = utf8Of(await bytesOf(files.get(README)));
  const own = readFrontMatter(readme);
  const misplaced = await misplacedFrontMatter(files, readme);
  const requestedSdk = sdkOf(inputs, own, files, misplaced);
  const sdk = requestedSdk === 'streamlit' ? 'docker' : requestedSdk;
  const port = inputs.card['app_port'] ?? own.keys['app_port'] ?? STREAMLIT_PORT;
  const needed = requestedSdk === 'streamlit' ? { sdk, app_port: port } : { sdk };
  const base = Object.keys(own.keys).length === 0 ? { title: inputs.space.name } : {};
  const card = overlayCard(readme, own, [base, inputs.card, needed]);
  const isWritten = requestedSdk === 'streamlit' && !files.has(DOCKERFILE);
  const generated = isWritten ? [await dockerfileFor(card, files)] : [];
  return { requestedSdk, sdk, card, generated, warnings: [...misplaced, ...(own.isLate ? [STARTED_LATE] : [])] };
}

/** What nothing says may be said where the Hub does not look for it: then that is the cause. */
function sdkOf(inputs: Inputs, own: FrontMatter, files: Files, misplaced: readonly string[]): Sdk {
  try {
    return chooseSdk(inputs.sdk, inputs.card['sdk'] ?? own.keys['sdk'], (path) => files.has(path));
  } catch (error) {
    const [cause] = misplaced;
    if (!(error instanceof Failure) || cause === undefined) throw error;
    throw new Failure(
      error.kind,
      error.problems.map((problem) => ({ ...problem, cause })),
    );
  }
}

/**
 * The text of a README as the Hub reads it.
 *
 * @throws Failure `inputs` for another encoding: written again, its letters would be lost
 */
function utf8Of(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new Failure('inputs', {
    where: README,
    what: 'The README is not UTF-8.',
    cause: 'The Hub reads it as UTF-8: letters of another encoding, as Latin-1 or UTF-16, would be lost.',
    fix: 'Save it as UTF-8.',
  });
}

async function dockerfileFor(card: Card, files: Files): Promise<DeployFile> {
  const requirements = await textOf(files.get('requirements.txt'));
  const has = (path: string) => files.has(path);
  return generatedFile(DOCKERFILE, streamlitDockerfile({ card: card.keys, has, requirements }));
}
