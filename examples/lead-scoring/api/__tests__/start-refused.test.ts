import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runApi } from './harness/api-process.ts';
import { freePort } from './harness/free-port.ts';
import { sqliteFile } from './harness/test-settings.ts';

const FORM = 'postgresql://user:password@host:5432/name';
const refusal = (...problems: string[]) => ({
  code: 1,
  stdout: '',
  stderr: ['The API did not start:', ...problems.map((problem) => `  ${problem}`), ''].join('\n'),
});

describe('a start is refused, in words and without a stack trace', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'an environment that is none of the four',
      { APP_ENV: 'prod' },
      'APP_ENV must be one of development, test, staging, production, not "prod"',
    ],
    ['a port that is no number', { PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not "http"'],
    ['a port that is too large', { PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, not "65536"'],
    [
      'a retention of no days',
      { RETENTION_DAYS: '0' },
      'RETENTION_DAYS must be a whole number from 1 to 36500, not "0"; leave it out for the default',
    ],
    [
      'an origin with a path',
      { CORS_ORIGINS: 'https://example.com, https://example.org/app' },
      'CORS_ORIGINS must hold origins such as https://example.com, not "https://example.org/app"',
    ],
    [
      'another kind of database',
      { DATABASE_URL: 'mysql://root:hush@db/leads' },
      `DATABASE_URL must be a Postgres URL, such as ${FORM}`,
    ],
    [
      'a password that breaks the URL',
      { DATABASE_URL: 'postgresql://me:hu#sh@db.example.com/leads' },
      `DATABASE_URL is malformed; percent-encode special characters in the password (form: ${FORM})`,
    ],
    [
      'a placeholder left in the URL',
      { DATABASE_URL: 'postgresql://postgres:[YOUR-PASSWORD]@db.example.com:5432/postgres' },
      'DATABASE_URL still has the placeholder [YOUR-PASSWORD]',
    ],
    [
      'no database name',
      { DATABASE_URL: 'postgresql://me:hush@db.example.com' },
      `DATABASE_URL names no database (form: ${FORM})`,
    ],
    [
      'an unknown sslmode',
      { DATABASE_URL: 'postgresql://me:hush@db.example.com/leads?sslmode=on' },
      'DATABASE_URL has an unknown sslmode; known are disable, allow, prefer, require, verify-ca, verify-full',
    ],
    [
      'a root certificate that is not there',
      { DATABASE_URL: 'postgresql://me:hush@db.example.com/leads?sslmode=verify-full&sslrootcert=nowhere.pem' },
      'DATABASE_URL names an sslrootcert that cannot be read: nowhere.pem',
    ],
    [
      'an SQLite file in a directory that is not there',
      { SQLITE_PATH: '/nowhere/leads.sqlite' },
      'The database is not ready (SQLite at /nowhere/leads.sqlite): unable to open database file',
    ],
  ])('%s', async (_, env, problem) => {
    expect(await runApi({ PORT: '0', ...env })).toEqual(refusal(problem));
  });

  test('everything that is wrong, at once', async () => {
    const env = { APP_ENV: 'live', PORT: '-1', RETENTION_DAYS: 'ten', DATABASE_URL: 'hush', CORS_ORIGINS: '*' };
    expect(await runApi(env)).toEqual(
      refusal(
        'APP_ENV must be one of development, test, staging, production, not "live"',
        'PORT must be a whole number from 0 to 65535, not "-1"',
        `DATABASE_URL must be a Postgres URL, such as ${FORM}`,
        'RETENTION_DAYS must be a whole number from 1 to 36500, not "ten"; leave it out for the default',
        'CORS_ORIGINS must hold origins such as https://example.com, not "*"',
      ),
    );
  });

  test('a Postgres that nobody listens for, without its password', async () => {
    const where = `127.0.0.1:${await freePort()}`;
    expect(await runApi({ DATABASE_URL: `postgresql://me:hush@${where}/leads` })).toEqual(
      refusal(`The database is not ready (Postgres at ${where}/leads): connect ECONNREFUSED ${where}`),
    );
  });

  test('a file that is no database', async () => {
    const SQLITE_PATH = mkdtempSync(join(tmpdir(), 'leads-'));
    expect(await runApi({ SQLITE_PATH })).toEqual(
      refusal(`The database is not ready (SQLite at ${SQLITE_PATH}): unable to open database file`),
    );
  });

  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '0.0.0.0');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const exit = await runApi({ APP_ENV: 'test', PORT: String(port), SQLITE_PATH: sqliteFile() });
    taken.close();
    expect(exit).toEqual(
      refusal(`PORT ${port} cannot be listened on: listen EADDRINUSE: address already in use 0.0.0.0:${port}`),
    );
  });
});
