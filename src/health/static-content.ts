import { bytesOf } from '../source/deploy-file.ts';
import { README } from '../source/file-names.ts';
import type { DeployFile } from '../source/source.ts';
import { type App, askApp } from './app.ts';

/** What an app without a running commit must serve, or must serve no more, for its version to be told. */
export type Proof =
  | { readonly kind: 'serves'; readonly file: DeployFile }
  | { readonly kind: 'gone'; readonly path: string };

/** What tells a version from the one before it. */
export interface Changes {
  readonly added: readonly DeployFile[];
  readonly changed: readonly DeployFile[];
  readonly deleted: readonly { readonly path: string }[];
}

/** Larger files are not fetched only to compare them. */
const MOST_BYTES = 16 * 1024 * 1024;
// The Hub may put a script into a page.
const REQUEST = { accept: '*/*', deadlineMs: 30_000, mostBytes: 2 * MOST_BYTES, reach: 'same-host' } as const;
const PAGE = /\.html?$/i;

/**
 * By what the version of a static Space is told: the smallest file that changed, not a page if there is another (the
 * Hub writes its variables into pages); after mere deletions, a file that is gone; when nothing changed, any file.
 * Undefined when all that changed is too large to fetch.
 */
export function proofOf(step: Changes | undefined, all: readonly DeployFile[]): Proof | undefined {
  const changed = [...(step?.added ?? []), ...(step?.changed ?? [])].filter(({ path }) => isServed(path));
  const file = smallest(changed);
  if (file !== undefined) return { kind: 'serves', file };
  if (changed.length > 0) return undefined;
  const path = step?.deleted.find((file) => isServed(file.path))?.path;
  if (path !== undefined) return { kind: 'gone', path };
  const any = smallest(all.filter((each) => isServed(each.path)));
  return any === undefined ? undefined : { kind: 'serves', file: any };
}

/** Hidden files may not be served at all, and the README is what the Hub makes of it. */
function isServed(path: string): boolean {
  return !/(^|\/)\./.test(path) && path !== README;
}

function smallest(files: readonly DeployFile[]): DeployFile | undefined {
  const fit = files.filter(({ size }) => size > 0 && size <= MOST_BYTES);
  const others = fit.filter(({ path }) => !PAGE.test(path));
  return (others.length > 0 ? others : fit).reduce<DeployFile | undefined>(
    (least, file) => (least === undefined || file.size < least.size ? file : least),
    undefined,
  );
}

/** Whether the app serves what proves it, or what is missing. Never throws, except when the job is cancelled. */
export async function checkContent(app: App, proof: Proof): Promise<string | undefined> {
  const path = proof.kind === 'serves' ? proof.file.path : proof.path;
  const response = await askApp(app, { ...REQUEST, path: `/${path.split('/').map(encodeURIComponent).join('/')}` });
  if (response.kind !== 'answered') return `did not answer for ${JSON.stringify(path)}`;
  const { status, body } = response;
  if (proof.kind === 'gone') return status === 404 ? undefined : `still serves ${JSON.stringify(path)}`;
  const ours = Buffer.from(await bytesOf(proof.file));
  const isOk = status >= 200 && status < 300;
  const same = isOk && (PAGE.test(path) ? isWithInsertion(ours, body) : body.equals(ours));
  return same ? undefined : `does not serve ${JSON.stringify(path)} as it was deployed yet`;
}

/**
 * Whether some bytes are ours with at most one script put in: what comes before it and after it makes up the whole. Any
 * other block that is more than ours is one that we have taken out, and that the old version still has.
 */
function isWithInsertion(ours: Buffer, served: Buffer): boolean {
  if (served.length < ours.length) return false;
  let before = 0;
  while (before < ours.length && ours[before] === served[before]) before++;
  const after = served.length - (ours.length - before);
  const inserted = served.subarray(before, after);
  return (
    ours.subarray(before).equals(served.subarray(after)) && (inserted.length === 0 || inserted.includes('</script'))
  );
}
