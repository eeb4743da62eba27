import type { GithubEvent } from './github-event.ts';
import type { Sourced, Visibility } from './inputs.ts';

/** As visible as the GitHub repository that deploys; private when the event does not say. */
export function defaultVisibility({ repositoryIsPrivate }: GithubEvent): Sourced<Visibility> {
  if (repositoryIsPrivate === undefined) {
    return { value: 'private', from: 'whether the GitHub repository is public is not known' };
  }
  return {
    value: repositoryIsPrivate ? 'private' : 'public',
    from: `the GitHub repository is ${repositoryIsPrivate ? 'private' : 'public'}`,
  };
}
