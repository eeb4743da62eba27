import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's figures for scrypt in 16 MiB: about a tenth of a second a guess, for whoever reads the description. */
const COST = { N: 2 ** 14, r: 8, p: 5 } as const;
const BYTES = 24;
const FORM = /fingerprint s1:([A-Za-z0-9_-]{22}):([A-Za-z0-9_-]{32})/;

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** What a secret's description says, so that the next run can tell whether its value is the same. */
export async function fingerprintOf(value: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(value, salt, BYTES, COST);
  return `Set by Spaceport; fingerprint s1:${salt.toString('base64url')}:${hash.toString('base64url')}`;
}

/** Whether a description bears the fingerprint of this value; undefined when it bears none. */
export async function bearsFingerprint(description: string | undefined, value: string): Promise<boolean | undefined> {
  const [, salt, hash] = FORM.exec(description ?? '') ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const found = await derive(value, Buffer.from(salt, 'base64url'), BYTES, COST);
  return timingSafeEqual(found, Buffer.from(hash, 'base64url'));
}
