import { looksSecret } from '../inputs/settings-warnings.ts';
import { readPreviousSettings } from '../marks/previous-settings.ts';
import { readPreviousVariables } from '../marks/previous-variables.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import type { StoredSetting } from '../space/space-state.ts';
import type { Choice } from './choose-version.ts';

/** The settings that a version ran with, as far as the commits since then recorded them. */
export interface SettingsThen {
  /** Values of variables; `APP_ENV` aside. */
  readonly variables: ReadonlyMap<string, string>;
  /** Variables whose values are not recorded. */
  readonly unrecorded: readonly string[];
  /** Variables that a deployment since then was the first to set. */
  readonly setSince: ReadonlySet<string>;
  /** Whether all variables are recorded, and not only those that deployments changed since. */
  readonly isWhole: boolean;
  /** Names of the secrets; undefined where they are not recorded. */
  readonly secrets?: ReadonlySet<string> | undefined;
}

/**
 * Finds the settings of a version: each later commit of ours says what was there before it. Where those are missing (an
 * older release of Spaceport made them), what deployments changed since is reversed, and no more is known. Pure.
 */
export function settingsThen(
  { later }: Pick<Choice, 'later'>,
  now: { readonly variables: ReadonlyMap<string, StoredSetting>; readonly secrets: ReadonlyMap<string, unknown> },
): SettingsThen {
  let values = new Map<string, string | null>([...now.variables].map(([name, { value = '' }]) => [name, value]));
  let secrets: ReadonlySet<string> | undefined = later.length === 0 ? new Set(now.secrets.keys()) : undefined;
  let isWhole = later.length === 0;
  const setSince = new Set<string>();
  for (const { trailers } of later) {
    const changed = readPreviousVariables(trailers.previousVariables);
    const all = readPreviousSettings(trailers.previousSettings);
    if (all !== undefined) values = new Map(Object.entries(all.variables));
    for (const [name, value] of Object.entries(changed)) {
      if (typeof value === 'string') values.set(name, value);
      else if (all === undefined) values.delete(name);
      if (value === null) setSince.add(name);
    }
    // A rollback after a failure does not say what the version that it undoes ran with.
    const isRecorded = all !== undefined && (trailers.undoes === undefined || trailers.rolledBackTo !== undefined);
    isWhole = isRecorded;
    secrets = isRecorded ? new Set(all.secrets) : undefined;
  }
  values.delete(APP_ENV);
  return {
    variables: new Map([...values].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))),
    unrecorded: [...values].flatMap(([name, value]) => (value === null ? [name] : [])),
    setSince,
    isWhole,
    secrets,
  };
}

/** The values among them that look like secrets: to be masked before anything is printed. Pure. */
export function secretsAmong({ variables }: Pick<SettingsThen, 'variables'>): readonly string[] {
  return [...variables].filter(([name, value]) => looksSecret(name, value)).map(([, value]) => value);
}
