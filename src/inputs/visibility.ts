import type { Sourced, Visibility } from './inputs.ts';
import type { GithubEvent } from './run-context.ts';

/** Environments of pull requests, whose code nobody has agreed to yet. */
const PREVIEW = /^preview-/;

/** As visible as the GitHub repository that deploys; private when the event does not say, and for a preview. */
export function defaultVisibility(environment: string, { repositoryIsPrivate }: GithubEvent): Sourced<Visibility> {
  if (PREVIEW.test(environment)) return { value: 'private', from: 'a preview is private unless told otherwise' };
  if (repositoryIsPrivate === undefined) {
    return { value: 'private', from: 'whether the GitHub repository is public is not known' };
  }
  return {
    value: repositoryIsPrivate ? 'private' : 'public',
    from: `the GitHub repository is ${repositoryIsPrivate ? 'private' : 'public'}`,
  };
}
