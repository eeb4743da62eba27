import { expect, test } from '@jest/globals';
import { databaseIdentity } from '../../../src/space/database-identity.ts';

const ONE = 'postgresql://me@db.example.org:5432/app';

test.each([
  ['as it is', 'postgresql://me:secret@db.example.org:5432/app', ONE],
  ['the short scheme', 'postgres://me:secret@db.example.org:5432/app', ONE],
  ['a driver in the scheme', 'postgresql+asyncpg://me:secret@db.example.org/app', ONE],
  ['the host in capitals', 'postgresql://me:secret@DB.Example.ORG:5432/app', ONE],
  ['the default port left out', 'postgresql://me:secret@db.example.org/app', ONE],
  ['another password', 'postgresql://me:other@db.example.org/app', ONE],
  ['parameters', 'postgresql://me:secret@db.example.org/app?sslmode=require&application_name=x', ONE],
  ['an encoded name', 'postgresql://m%65:secret@db.example.org/%61pp', ONE],
  ['another database', 'postgresql://me:secret@db.example.org/other', 'postgresql://me@db.example.org:5432/other'],
  ['another user', 'postgresql://you:secret@db.example.org/app', 'postgresql://you@db.example.org:5432/app'],
  ['no database named', 'postgresql://me:secret@db.example.org', 'postgresql://me@db.example.org:5432/me'],
  ['Supabase, direct', 'postgresql://postgres:s@db.abcdef.supabase.co:5432/postgres', 'supabase/abcdef/postgres'],
  [
    'Supabase, through its pooler',
    'postgres://postgres.abcdef:s@aws-0-eu-west-3.pooler.supabase.com:6543/postgres?pgbouncer=true',
    'supabase/abcdef/postgres',
  ],
  ['no URL', 'sqlite.db', undefined],
  ['a file', 'sqlite:///data/app.db', undefined],
])('%s', (_, connection, identity) => {
  expect(databaseIdentity(connection)).toBe(identity);
});
