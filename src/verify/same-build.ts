import { isDeepStrictEqual } from 'node:util';
import { fileContent, listTree } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { readFrontMatter } from '../source/card/front-matter.ts';
import type { RemoteFile } from '../space/space-state.ts';

/** How two commits of a Space differ: so that nothing is built or started differently, in front matter that matters, or in files. */
export type Difference = 'nothing-that-matters' | 'card' | 'files';

const README = 'README.md';

/** Front matter that only the Hub's own pages read (hub-contract §12.1); any other key may matter to a build or a start. */
const FOR_SHOW = new Set([
  'title',
  'emoji',
  'colorFrom',
  'colorTo',
  'pinned',
  'short_description',
  'thumbnail',
  'license',
  'tags',
  'models',
  'datasets',
  'header',
  'fullWidth',
  'disable_embedding',
]);

/** How one commit differs from another for the app that is made of it. Two listings, and two files where only the README differs. */
export async function differenceOf(session: Session, id: string, one: string, other: string): Promise<Difference> {
  const [was, is] = await Promise.all([listTree(session, id, one), listTree(session, id, other)]);
  if (differingPaths(was, is).some((path) => path !== README)) return 'files';
  const [before, after] = [was.get(README), is.get(README)];
  if (before?.oid === after?.oid) return 'nothing-that-matters';
  const keys = await Promise.all([keysThatMatter(session, id, one, before), keysThatMatter(session, id, other, after)]);
  return keys[0] !== undefined && isDeepStrictEqual(keys[0], keys[1]) ? 'nothing-that-matters' : 'card';
}

function differingPaths(was: ReadonlyMap<string, RemoteFile>, is: ReadonlyMap<string, RemoteFile>): readonly string[] {
  return [...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path)?.oid !== is.get(path)?.oid);
}

/** Undefined for front matter that cannot be read: nobody knows what the Hub made of it. */
async function keysThatMatter(
  session: Session,
  id: string,
  commit: string,
  readme: RemoteFile | undefined,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (readme === undefined) return {};
  const text = Buffer.from(await fileContent(session, id, commit, readme)).toString();
  try {
    const { keys } = readFrontMatter(text);
    return Object.fromEntries(Object.entries(keys).filter(([key]) => !FOR_SHOW.has(key)));
  } catch {
    return undefined;
  }
}
