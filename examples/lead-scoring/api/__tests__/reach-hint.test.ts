import { expect, test } from '@jest/globals';
import { reachHint } from '../src/database/reach-hint.ts';

const POOLER = /pooler on port 6543/;
const PORTS = /only the ports 80, 443 and 8080/;

test.each([
  ['the direct host of Supabase', 'db.abcdefgh.supabase.co:5432/postgres', 'connect ENETUNREACH 2a05::1:5432', POOLER],
  ['the pooler on 5432', 'aws-0-eu-central-1.pooler.supabase.com:5432/postgres', 'timeout expired', POOLER],
  [
    'the pooler on 6543',
    'aws-0-eu-central-1.pooler.supabase.com:6543/postgres',
    'connect ETIMEDOUT 1.2.3.4:6543',
    PORTS,
  ],
  ['a server of somebody else', 'db.example.com:5432/app', 'connect ETIMEDOUT 1.2.3.4:5432', PORTS],
  ['a host that only looks like Supabase', 'supabase.co.example.com:5432/app', 'connect ETIMEDOUT 1.2.3.4:5432', PORTS],
])('%s, not reached', (_, where, reason, hint) => {
  expect(reachHint(where, reason)).toMatch(hint);
});

test.each([
  'password authentication failed for user "me"',
  'database "app" does not exist',
  'connect ECONNREFUSED 127.0.0.1:1',
])('no hint where the server answered: %s', (reason) => {
  expect(reachHint('db.abcdefgh.supabase.co:5432/postgres', reason)).toBe('');
});
