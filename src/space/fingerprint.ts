import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { databaseIdentity } from './database-identity.ts';

/** OWASP's figures for scrypt in 16 MiB: about a tenth of a second a guess, for whoever reads the description. */
const COST = { N: 2 ** 14, r: 8, p: 5 } as const;
const BYTES = 24;
/** `s1` is over the value itself, `d1` over the database that it leads to. */
type Kind = 's1' | 'd1';

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** What a secret's description says, so that the next run can tell whether its value is the same. */
export async function fingerprintOf(value: string): Promise<string> {
  const identity = databaseIdentity(value);
  const marks = await Promise.all([mark('s1', value), ...(identity === undefined ? [] : [mark('d1', identity)])]);
  return `Set by Spaceport; fingerprint ${marks.join(' ')}`;
}

/** Whether a description bears the fingerprint of this value; undefined when it bears none. */
export async function bearsFingerprint(description: string | undefined, value: string): Promise<boolean | undefined> {
  return bears(description, 's1', value);
}

/** Whether a description is that of the same database, however its URL is written; undefined when it cannot be told. */
export async function isSameDatabase(description: string | undefined, value: string): Promise<boolean | undefined> {
  const identity = databaseIdentity(value);
  const [byValue, byDatabase] = await Promise.all([
    bears(description, 's1', value),
    identity === undefined ? undefined : bears(description, 'd1', identity),
  ]);
  return byValue === true ? true : byDatabase;
}

async function mark(kind: Kind, text: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(text, salt, BYTES, COST);
  return `${kind}:${salt.toString('base64url')}:${hash.toString('base64url')}`;
}

async function bears(description: string | undefined, kind: Kind, text: string): Promise<boolean | undefined> {
  const form = new RegExp(`\\bfingerprint .*\\b${kind}:([A-Za-z0-9_-]{22}):([A-Za-z0-9_-]{32})`);
  const [, salt, hash] = form.exec(description ?? '') ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const found = await derive(text, Buffer.from(salt, 'base64url'), BYTES, COST);
  return timingSafeEqual(found, Buffer.from(hash, 'base64url'));
}
