import type { Settings } from '../settings/settings.ts';

/** What a visitor reads about an environment that is not production; null in production. */
export function bannerOf({
  environment,
  retentionDays,
}: Pick<Settings, 'environment' | 'retentionDays'>): string | null {
  if (environment === 'production') return null;
  const kept = retentionDays === null ? '' : `; predictions are kept for ${retentionDays} days`;
  return `${environment.toUpperCase()} environment, not for real decisions${kept}`;
}
