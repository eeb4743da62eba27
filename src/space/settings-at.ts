import type { StoredSetting } from './space-state.ts';

/** Dates of commits are whole seconds. */
const SECOND_MS = 1_000;

/**
 * When a setting was last changed since a commit, in milliseconds since the epoch; undefined where none was. An app that
 * runs this commit may still be a process from before that. Pure.
 */
export function settingsSince(
  date: string | undefined,
  ...settings: readonly ReadonlyMap<string, StoredSetting>[]
): number | undefined {
  const coveredUntil = Date.parse(date ?? '') + SECOND_MS;
  const later = settings
    .flatMap((all) => [...all.values()])
    .flatMap(({ updatedAt }) => (updatedAt !== undefined && updatedAt >= coveredUntil ? [updatedAt] : []));
  return later.length === 0 ? undefined : Math.max(...later);
}
