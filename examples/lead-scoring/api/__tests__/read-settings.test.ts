import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../src/settings/read-settings.ts';

const sqlite = (name: string) => ({ dialect: 'sqlite', path: join(tmpdir(), name) });

describe('settings', () => {
  test('have defaults', () => {
    expect(readSettings({})).toEqual({
      environment: 'development',
      port: 7860,
      database: sqlite('lead-scoring-development.sqlite'),
      retentionDays: null,
      corsOrigins: [],
    });
  });

  test('take an empty variable for an unset one', () => {
    const names = ['APP_ENV', 'PORT', 'DATABASE_URL', 'SQLITE_PATH', 'RETENTION_DAYS', 'CORS_ORIGINS'];
    expect(readSettings(Object.fromEntries(names.map((name) => [name, ' '])))).toEqual(readSettings({}));
  });

  test.each([
    ['production', undefined, null],
    ['staging', undefined, 30],
    ['staging', '7', 7],
    ['production', '365', 365],
  ])('keep predictions in %s with RETENTION_DAYS %s for %s days', (APP_ENV, RETENTION_DAYS, days) => {
    expect(readSettings({ APP_ENV, RETENTION_DAYS }).retentionDays).toBe(days);
  });

  test('keep Spaces apart that share a machine', () => {
    const { database } = readSettings({ APP_ENV: 'staging', SPACE_ID: 'me/leads-staging' });
    expect(database).toEqual(expect.objectContaining({ dialect: 'sqlite' }));
    expect(database).toHaveProperty(
      'path',
      expect.stringMatching(/[/\\]lead-scoring-me-leads-staging-staging\.sqlite$/),
    );
  });

  test('put SQLite into the volume of a Space, where one is mounted', () => {
    const volume = mkdtempSync(join(tmpdir(), 'volume-'));
    const inSpace = { APP_ENV: 'staging', SPACE_ID: 'me/leads', DATA_DIRECTORY: volume };
    const path = join(volume, 'lead-scoring-me-leads-staging.sqlite');
    expect(readSettings(inSpace).database).toEqual({ dialect: 'sqlite', path, volume });
    expect(readSettings({ ...inSpace, SQLITE_PATH: '/x.sqlite' }).database).toEqual({
      dialect: 'sqlite',
      path: '/x.sqlite',
    });
    expect(readSettings({ ...inSpace, SPACE_ID: undefined }).database).not.toHaveProperty('volume');
    expect(readSettings({ ...inSpace, DATA_DIRECTORY: join(volume, 'none') }).database).not.toHaveProperty('volume');
    rmSync(volume, { recursive: true });
  });

  test('read a Supabase URL', () => {
    const url = 'postgresql://postgres.abc:p%40ss@aws-0-eu-west-3.pooler.supabase.com:6543/postgres';
    expect(readSettings({ DATABASE_URL: `${url}?pgbouncer=true&sslmode=require` }).database).toEqual({
      dialect: 'postgres',
      url: `${url}?pgbouncer=true`,
      where: 'aws-0-eu-west-3.pooler.supabase.com:6543/postgres',
      sslMode: 'require',
    });
  });

  test('split CORS_ORIGINS', () => {
    expect(readSettings({ CORS_ORIGINS: 'https://a.example, http://localhost:8501,' }).corsOrigins).toEqual([
      'https://a.example',
      'http://localhost:8501',
    ]);
  });
});
