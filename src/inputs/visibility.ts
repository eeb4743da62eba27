import { good, type Parsed, type Sourced } from './parsed.ts';
import { isPreview } from './preview.ts';
import type { RawInputs } from './raw-inputs.ts';
import type { GithubEvent } from './run-context.ts';
import { parseChoice } from './scalars.ts';

/** From what the fewest people may see to what everybody may (hub-contract §5.1). */
export const VISIBILITIES = ['private', 'protected', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

const chooseVisibility = parseChoice(VISIBILITIES, 'private');

/** What the input says; when it says nothing, the default of the environment and the repository. */
export function parseVisibility(
  text: string,
  { event, text: textOf }: RawInputs,
): Parsed<Sourced<Visibility> & { readonly explicit: boolean }> {
  if (text === '') return good({ ...defaultVisibility(textOf('environment'), event), explicit: false });
  const parsed = chooseVisibility(text);
  return parsed.ok ? good({ value: parsed.value, from: 'the input `visibility` says so', explicit: true }) : parsed;
}

/** As visible as the GitHub repository that deploys; private when the event does not say, and for a preview. */
export function defaultVisibility(environment: string, { repositoryIsPrivate }: GithubEvent): Sourced<Visibility> {
  if (isPreview(environment)) return { value: 'private', from: 'a preview is private unless told otherwise' };
  if (repositoryIsPrivate === undefined) {
    return { value: 'private', from: 'whether the GitHub repository is public is not known' };
  }
  return {
    value: repositoryIsPrivate ? 'private' : 'public',
    from: `the GitHub repository is ${repositoryIsPrivate ? 'private' : 'public'}`,
  };
}
