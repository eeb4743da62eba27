import { readFile } from 'node:fs/promises';
import type { Fetch } from '../edges/fetch.ts';
import type { DeployFile } from '../source/source.ts';

/** Larger files are not fetched only to compare them. */
const MOST_BYTES = 1024 * 1024;
const DEADLINE_MS = 10_000;
const PAGE = /\.html?$/i;

/**
 * The file by which the version of a static Space is told: the smallest of those that changed, not a page if there is
 * another (the Hub writes its variables into pages), and not one that is served under no name of its own.
 */
export function proofFile(changed: readonly DeployFile[], all: readonly DeployFile[]): DeployFile | undefined {
  for (const files of [changed, all]) {
    const fit = files.filter(
      ({ path, size }) => size > 0 && size <= MOST_BYTES && !/(^|\/)\./.test(path) && path !== 'README.md',
    );
    const sorted = fit.sort((a, b) => Number(PAGE.test(a.path)) - Number(PAGE.test(b.path)) || a.size - b.size);
    if (sorted[0] !== undefined) return sorted[0];
  }
  return undefined;
}

/** Whether the app serves a file as we deployed it. Never throws, but when the job is cancelled. */
export async function servesFile(
  fetch: Fetch,
  appUrl: string,
  file: DeployFile,
  token: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const url = `${appUrl}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
  const ours = file.content.kind === 'memory' ? Buffer.from(file.content.bytes) : await readFile(file.content.absolute);
  try {
    const headers = {
      'cache-control': 'no-cache',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const response = await fetch(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]) });
    const served = Buffer.from(await response.arrayBuffer());
    return response.ok && (PAGE.test(file.path) ? isWithInsertion(ours, served) : served.equals(ours));
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Whether some bytes are ours with at most one block put in: what comes before it and after it makes up the whole. */
function isWithInsertion(ours: Buffer, served: Buffer): boolean {
  if (served.length < ours.length) return false;
  let before = 0;
  while (before < ours.length && ours[before] === served[before]) before++;
  const rest = ours.length - before;
  return ours.subarray(before).equals(served.subarray(served.length - rest));
}
