import { APP_ENV } from './setting-names.ts';

/** What the description of `APP_ENV` says in a Space that a deployment created. */
export const ENVIRONMENT_MARK = 'Set by Spaceport when it made this Space';

/** Whether a deployment created the Space; it may have been killed before its first commit. */
export function isCreatedByUs(variables: ReadonlyMap<string, { readonly description?: string | undefined }>): boolean {
  return variables.get(APP_ENV)?.description === ENVIRONMENT_MARK;
}
