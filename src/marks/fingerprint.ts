import { randomBytes, timingSafeEqual } from 'node:crypto';
import { databaseOf } from './database-identity.ts';
import { slowHash } from './slow-hash.ts';

/** `s1` is a hash of the value itself, `d1` of a database that it leads to, `p1` of that database without its user. */
type Kind = 's1' | 'd1' | 'p1';

/** Hashed for a database that no other Space can reach: no connection string has this identity. */
const OWN = 'a file of the Space itself';

/** What a secret's description says, so that the next run can tell whether its value is the same. */
export async function fingerprintOf(value: string): Promise<string> {
  const database = databaseOf(value);
  const identities = database.kind === 'server' ? database.identities : database.kind === 'own' ? [OWN] : [];
  const places = database.kind === 'server' ? database.places : [];
  const marks = await Promise.all([
    mark('s1', value),
    ...identities.map((identity) => mark('d1', identity)),
    ...places.map((place) => mark('p1', place)),
  ]);
  return `Set by Spaceport; fingerprint ${marks.join(' ')}`;
}

/** Whether a description has the fingerprint of this value; undefined when it has none. */
export async function hasFingerprint(description: string | undefined, value: string): Promise<boolean | undefined> {
  return hasMark(description, 's1', [value]);
}

/** Whether two databases are the same; the last three mean that it is not known, and why. */
export type DatabaseStatus = 'same' | 'another' | 'another-user' | 'unmarked' | 'not-understood';

/** Compares the database of a description with that of a connection string, however both are written. */
export async function compareDatabases(description: string | undefined, value: string): Promise<DatabaseStatus> {
  const database = databaseOf(value);
  if (database.kind === 'own') return 'another';
  const byValue = await hasMark(description, 's1', [value]);
  if (byValue === undefined) return 'unmarked';
  if (byValue) return 'same';
  if (database.kind === 'unknown') return 'not-understood';
  const [byIdentity, byPlace] = await Promise.all([
    hasMark(description, 'd1', database.identities),
    hasMark(description, 'p1', database.places),
  ]);
  if (byIdentity === undefined) return 'not-understood';
  return byIdentity ? 'same' : byPlace ? 'another-user' : 'another';
}

async function mark(kind: Kind, text: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await slowHash(text, salt);
  return `${kind}:${salt.toString('base64url')}:${hash.toString('base64url')}`;
}

/** Whether one of the marks of a kind is the hash of one of the texts; undefined when there is no such mark. */
async function hasMark(description = '', kind: Kind, texts: readonly string[]): Promise<boolean | undefined> {
  const [, marks = ''] = /\bfingerprint (.*)/.exec(description) ?? [];
  const form = new RegExp(`(?<![\\w-])${kind}:([A-Za-z0-9_-]{22}):([A-Za-z0-9_-]{32})(?![\\w-])`, 'g');
  const found = [...marks.matchAll(form)];
  if (found.length === 0) return undefined;
  const fits = await Promise.all(
    found.flatMap(([, salt = '', hash = '']) => texts.map((text) => isHashOf(text, salt, hash))),
  );
  return fits.includes(true);
}

async function isHashOf(text: string, salt: string, hash: string): Promise<boolean> {
  const derived = await slowHash(text, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}
