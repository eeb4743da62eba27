import { expect, test } from '@jest/globals';
import { databaseOf } from '../../../src/marks/database-identity.ts';

const PLACE = 'db.example.org:5432/app';
const ONE = `postgresql://me@${PLACE}`;
const V6 = 'postgresql://me@[2001:db8::1]:5432/app';

test.each([
  ['as it is', 'postgresql://me:secret@db.example.org:5432/app', ONE],
  ['the short scheme', 'postgres://me:secret@db.example.org:5432/app', ONE],
  ['a driver in the scheme', 'postgresql+asyncpg://me:secret@db.example.org/app', ONE],
  ['a scheme in capitals', 'PostgreSQL://me:secret@db.example.org/app', ONE],
  ['the scheme of Java', 'jdbc:postgresql://db.example.org/app?user=me&password=secret', ONE],
  ['the host in capitals', 'postgresql://me:secret@DB.Example.ORG:5432/app', ONE],
  ['a final dot of the host', 'postgresql://me:secret@db.example.org./app', ONE],
  ['the default port left out', 'postgresql://me:secret@db.example.org/app', ONE],
  ['another password', 'postgresql://me:other@db.example.org/app', ONE],
  ['a password with signs', 'postgresql://me:p@ss:w%2Frd@db.example.org/app', ONE],
  ['parameters', 'postgresql://me:secret@db.example.org/app?sslmode=require&application_name=x', ONE],
  ['parameters in another order', 'postgresql://me@db.example.org/app?application_name=x&sslmode=verify-full', ONE],
  ['an encoded name', 'postgresql://m%65:secret@db.example.org/%61pp', ONE],
  ['an encoded host', 'postgresql://me:secret@db%2Eexample.org/app', ONE],
  ['host, port, user and name as parameters', `postgresql://?port=5432&user=me&host=db.example.org&dbname=app`, ONE],
  ['a host that outranks another', 'postgresql://me@pooler.example.org:6432/app?host=db.example.org', ONE],
  ['keywords', 'host=db.example.org port=5432 dbname=app user=me password=secret sslmode=require', ONE],
  ['keywords, quoted', "dbname = 'app' user=me  host='db.example.org' password='a \\'b\\' c'", ONE],
  ['keywords, escaped', 'user=m\\e host=DB.example.org dbname=app', ONE],
  ['another database', 'postgresql://me:secret@db.example.org/other', 'postgresql://me@db.example.org:5432/other'],
  ['another user', 'postgresql://you:secret@db.example.org/app', `postgresql://you@${PLACE}`],
  ['another port', 'postgresql://me@db.example.org:6432/app', 'postgresql://me@db.example.org:6432/app'],
  ['no database named', 'postgresql://me:secret@db.example.org', 'postgresql://me@db.example.org:5432/me'],
  ['IPv6', 'postgresql://me@[2001:db8::1]/app', V6],
  ['IPv6, written out', 'postgresql://me@[2001:0DB8:0:0:0:0:0:1]:5432/app', V6],
  ['IPv6 as keyword', 'host=2001:db8:0::1 user=me dbname=app', V6],
  ['MySQL', 'mysql2://me@db.example.org/app', 'mysql://me@db.example.org:3306/app'],
  ['Redis', 'rediss://db.example.org', 'redis://@db.example.org:6379/0'],
  ['Supabase, direct', 'postgresql://postgres:s@db.abcdef.supabase.co:5432/postgres', 'supabase/abcdef/postgres'],
  [
    'Supabase, through its pooler',
    'postgres://postgres.abcdef:s@aws-0-eu-west-3.pooler.supabase.com:6543/postgres?pgbouncer=true',
    'supabase/abcdef/postgres',
  ],
  [
    'Neon, direct',
    'postgres://me@ep-cool-1.eu.aws.neon.tech/app',
    'postgresql://me@ep-cool-1.eu.aws.neon.tech:5432/app',
  ],
  [
    'Neon, through its pooler',
    'postgres://me@ep-cool-1-pooler.eu.aws.neon.tech/app',
    'postgresql://me@ep-cool-1.eu.aws.neon.tech:5432/app',
  ],
])('%s', (_, connection, identity) => {
  const database = databaseOf(connection);
  expect(database.kind === 'server' ? database.identities : undefined).toEqual(identity && [identity]);
});

test('of several hosts each is one, and one port goes with all', () => {
  const of = (connection: string) => databaseOf(connection);
  const both = {
    kind: 'server',
    identities: ['postgresql://me@a.example.org:5433/app', 'postgresql://me@b.example.org:5433/app'],
    places: ['postgresql://a.example.org:5433/app', 'postgresql://b.example.org:5433/app'],
  };
  expect(of('postgresql://me:s@a.example.org:5433,b.example.org:5433/app')).toEqual(both);
  expect(of('postgresql://me:s@/app?host=a.example.org,b.example.org&port=5433')).toEqual(both);
  expect(of('host=a.example.org,b.example.org port=5433,5433 user=me dbname=app')).toEqual(both);
});

test.each([
  ['a file', 'sqlite:///data/app.db'],
  ['a file, with a driver', 'sqlite+aiosqlite:////data/app.db'],
  ['a file by its scheme', 'file:./app.db?mode=rwc'],
  ['memory', ':memory:'],
  ['a socket', 'postgresql:///app'],
  ['a socket as parameter', 'postgresql:///app?host=/var/run/postgresql'],
  ['a socket, encoded', 'postgresql://%2Fvar%2Frun%2Fpostgresql/app'],
  ['a socket as keyword', 'dbname=app'],
])('%s is its own', (_, connection) => {
  expect(databaseOf(connection)).toEqual({ kind: 'own' });
});

test.each([
  '',
  'app.db',
  's3cret',
  'a=b',
  'service=production',
  'postgresql://me:pa/ss@db.example.org/app',
  'https://',
])('%j is not understood', (connection) => {
  expect(databaseOf(connection)).toEqual({ kind: 'unknown' });
});
