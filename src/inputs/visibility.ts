import { readFile } from 'node:fs/promises';
import type { Sourced, Visibility } from './inputs.ts';

/** As visible as the GitHub repository that deploys; private when the event does not say. */
export async function defaultVisibility(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Sourced<Visibility>> {
  const isPrivate = await repositoryIsPrivate(env['GITHUB_EVENT_PATH']);
  if (isPrivate === undefined)
    return { value: 'private', from: 'whether the GitHub repository is public is not known' };
  return {
    value: isPrivate ? 'private' : 'public',
    from: `the GitHub repository is ${isPrivate ? 'private' : 'public'}`,
  };
}

async function repositoryIsPrivate(eventPath: string | undefined): Promise<boolean | undefined> {
  try {
    const event: unknown = JSON.parse(await readFile(eventPath ?? '', 'utf8'));
    const repository = (event as { repository?: { private?: unknown } } | null)?.repository;
    return typeof repository?.private === 'boolean' ? repository.private : undefined;
  } catch {
    return undefined;
  }
}
