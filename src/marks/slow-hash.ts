import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's figures for scrypt in 16 MiB: about a tenth of a second a guess, for whoever reads the hash. */
const COST = { N: 2 ** 14, r: 8, p: 5 } as const;
const BYTES = 24;

const derive = promisify<string, string | Buffer, number, typeof COST, Buffer>(scrypt);

/** A hash of 24 bytes that takes long to make: likely texts cannot be tried by the million. */
export function slowHash(text: string, salt: string | Buffer): Promise<Buffer> {
  return derive(text, salt, BYTES, COST);
}
