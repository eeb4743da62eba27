import { APP_ENV } from './setting-names.ts';

/** What the description of `APP_ENV` says in a Space that a deployment has made. */
export const ENVIRONMENT_MARK = 'Set by Spaceport when it made this Space';

/** Whether a Space was made by a deployment, which may have been killed before its first commit. */
export function isMadeByUs(variables: ReadonlyMap<string, { readonly description?: string | undefined }>): boolean {
  return variables.get(APP_ENV)?.description === ENVIRONMENT_MARK;
}
