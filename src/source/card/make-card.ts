import type { Inputs } from '../../inputs/inputs.ts';
import type { HubSdk, Sdk } from '../../inputs/sdk.ts';
import { generatedFile, textOf } from '../deploy-file.ts';
import { DOCKERFILE, README } from '../file-names.ts';
import type { DeployFile } from '../source.ts';
import { readFrontMatter } from './front-matter.ts';
import { type Card, overlayCard } from './overlay-card.ts';
import { chooseSdk } from './sdk.ts';
import { STREAMLIT_PORT, streamlitDockerfile } from './streamlit.ts';

/** What kind of Space it will be, its front matter, and the files that it needs besides the source. */
export interface MadeCard {
  readonly requestedSdk: Sdk;
  readonly sdk: HubSdk;
  readonly card: Card;
  readonly generated: readonly DeployFile[];
}

type Files = ReadonlyMap<string, DeployFile>;

/**
 * Derives the SDK and lays the input `card` over the front matter of the README.
 *
 * @throws Failure `inputs` when nothing says what kind of Space it is, or the front matter cannot be read
 */
export async function makeCard(inputs: Inputs, files: Files): Promise<MadeCard> {
  const readme = await textOf(files.get(README));
  const own = readFrontMatter(readme);
  const named = inputs.card['sdk'] ?? own.keys['sdk'];
  const requestedSdk = chooseSdk(inputs.sdk, named, (path) => files.has(path)).value;
  const sdk = requestedSdk === 'streamlit' ? 'docker' : requestedSdk;
  const port = inputs.card['app_port'] ?? own.keys['app_port'] ?? STREAMLIT_PORT;
  const needed = requestedSdk === 'streamlit' ? { sdk, app_port: port } : { sdk };
  const base = Object.keys(own.keys).length === 0 ? { title: inputs.space.name } : {};
  const card = overlayCard(readme, own, [base, inputs.card, needed]);
  const isWritten = requestedSdk === 'streamlit' && !files.has(DOCKERFILE);
  return { requestedSdk, sdk, card, generated: isWritten ? [await dockerfileFor(card, files)] : [] };
}

async function dockerfileFor(card: Card, files: Files): Promise<DeployFile> {
  const requirements = await textOf(files.get('requirements.txt'));
  const has = (path: string) => files.has(path);
  return generatedFile(DOCKERFILE, streamlitDockerfile({ card: card.keys, has, requirements }));
}
