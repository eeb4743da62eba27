import { parseDatabaseUrl } from './database-url.ts';
import { defaultSqlitePath, writableVolume } from './default-sqlite-path.ts';
import { ENVIRONMENTS, isEnvironment } from './environment.ts';
import type { Settings } from './settings.ts';
import { StartRefused } from './start-refused.ts';

type Env = Record<string, string | undefined>;

const DEFAULT_PORT = 7860;
const STAGING_RETENTION_DAYS = 30;
const MAX_RETENTION_DAYS = 36_500;

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

const isOrigin = (text: string): boolean => /^https?:\/\//.test(text) && URL.parse(text)?.origin === text;

/** Reads the environment once; an empty variable counts as unset. Throws StartRefused with every problem at once. */
export function readSettings(env: Env): Settings {
  const problems: string[] = [];
  const text = (name: string): string => env[name]?.trim() ?? '';
  const refuse = (name: string, problem: string): undefined => void problems.push(`${name} ${problem}`);
  const number = (name: string, fallback: number, least: number, most: number, remedy = ''): number =>
    (text(name) === '' ? fallback : wholeNumber(text(name), least, most)) ??
    refuse(name, `must be a whole number from ${least} to ${most}, not "${text(name)}"${remedy}`) ??
    fallback;

  const named = text('APP_ENV') || 'development';
  const environment =
    (isEnvironment(named) ? named : refuse('APP_ENV', `must be one of ${ENVIRONMENTS.join(', ')}, not "${named}"`)) ??
    'development';

  const port = number('PORT', DEFAULT_PORT, 0, 65_535);

  const database = ((): Settings['database'] => {
    if (text('DATABASE_URL') === '') {
      if (text('SQLITE_PATH') !== '') return { dialect: 'sqlite', path: text('SQLITE_PATH') };
      const volume = writableVolume(env['SPACE_ID'], text('DATA_DIRECTORY') || undefined);
      const path = defaultSqlitePath(env['SPACE_ID'], environment, volume);
      return volume === undefined ? { dialect: 'sqlite', path } : { dialect: 'sqlite', path, volume };
    }
    const parsed = parseDatabaseUrl(text('DATABASE_URL'));
    for (const problem of parsed.problems) refuse('DATABASE_URL', problem);
    return { dialect: 'postgres', ...parsed.value };
  })();

  const forEver = text('RETENTION_DAYS') === '' && environment !== 'staging';
  const retentionDays = forEver
    ? null
    : number('RETENTION_DAYS', STAGING_RETENTION_DAYS, 1, MAX_RETENTION_DAYS, '; leave it out for the default');

  const corsOrigins = text('CORS_ORIGINS')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of corsOrigins) {
    if (!isOrigin(origin)) refuse('CORS_ORIGINS', `must hold origins such as https://example.com, not "${origin}"`);
  }

  if (problems.length > 0) throw new StartRefused(problems.join('\n'));
  return { environment, port, database, retentionDays, corsOrigins };
}
