import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'dotenv';

const FILE = '.env.example';
/** Nobody writes a longer one by hand. */
const MOST_BYTES = 100_000;
const NAME = /^[a-zA-Z][_a-zA-Z0-9]*$/;
const BARE = /^\s*(?:export\s+)?([a-zA-Z][_a-zA-Z0-9]*)\s*(?:#.*)?$/;
/** What the Hub itself gives to every app (hub-contract §17). */
const OF_THE_HUB = /^(SPACE_|OAUTH_|OPENID_PROVIDER_URL$|ACCELERATOR$|CPU_CORES$|MEMORY$|PORT$)/;

/** The names without a value in the `.env.example` of a directory: what an app wants to be told. */
export async function readExampleNames(directory: string): Promise<readonly string[]> {
  const path = join(directory, FILE);
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() === true && found.size <= MOST_BYTES ? namesWithoutValue(await readFile(path, 'utf8')) : [];
}

/** Lines `NAME=`, `NAME=""` and `NAME`; comments are not read. Pure. */
export function namesWithoutValue(text: string): readonly string[] {
  const bare = text.split(/\r?\n/).flatMap((line) => BARE.exec(line)?.[1] ?? []);
  const values = parse(text);
  const empty = Object.entries(values).flatMap(([name, value]) => (value.trim() === '' ? [name] : []));
  return [...new Set([...empty, ...bare.filter((name) => !Object.hasOwn(values, name))])].filter(
    (name) => NAME.test(name) && !OF_THE_HUB.test(name),
  );
}
