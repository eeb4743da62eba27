import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readPointer } from '../../git/lfs-pointer.ts';
import { type GitObject, readObjects } from '../../git/objects.ts';
import { runGit } from '../../git/run-git.ts';
import { checkCard } from '../space/check-card.ts';
import { binaryText, isBinary, offendersText, regularLimitBytes, tooLargeText } from './content-rules.ts';

/**
 * A stand-in for the Hub's pre-receive hook (hub-contract §12.2). It refuses binary and large files in any pushed
 * commit, and a README that it cannot read. It also refuses pointers to objects that were not pushed; the words of that
 * are a guess.
 */
interface Update {
  readonly next: string;
  readonly ref: string;
}

interface PushedBlob {
  readonly oid: string;
  readonly path: string;
  readonly size: number;
}

const gitDir = process.cwd();
// Git keeps the pushed objects in a place of their own until the hook agrees; its environment says where.
const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (name.startsWith('GIT_') && value ? [[name, value]] : [])),
);

const updates = readUpdates(await text(process.stdin));
for (const update of updates) {
  const problem = await problemOf(update);
  if (!problem) continue;
  process.stderr.write(`-------------------------------------------------------------------------\n${problem}\n`);
  process.exit(1);
}

function readUpdates(lines: string): Update[] {
  const all = lines.split('\n').map((line) => line.split(' '));
  return all.flatMap(([, next, ref]) => (next && ref && !/^0+$/.test(next) ? [{ next, ref }] : []));
}

async function problemOf({ next, ref }: Update): Promise<string | undefined> {
  const blobs = await pushedBlobs(next);
  const large = blobs.filter(({ size }) => size > regularLimitBytes);
  if (large.length > 0) return refusal(tooLargeText, large, ref);
  const objects = await readObjects(
    gitDir,
    'contents',
    blobs.map(({ oid }) => oid),
    env,
  );
  const binary = blobs.filter(({ oid }) => isBinary(objects.get(oid)?.content ?? Buffer.alloc(0)));
  if (binary.length > 0) return refusal(binaryText, binary, ref);
  const absent = await pointersToNothing(blobs, objects);
  if (absent.length > 0) return refusal('LFS pointer pointed to a file that does not exist', absent, ref);
  return ref === 'refs/heads/main' ? cardProblem(next) : undefined;
}

function refusal(message: string, blobs: readonly PushedBlob[], ref: string): string {
  const paths = blobs.map(({ path }) => path);
  return `${message}\n${offendersText(paths, ref)}`;
}

/** Blobs that no ref of the repository reaches yet. */
async function pushedBlobs(next: string): Promise<PushedBlob[]> {
  const objects = await runGit(gitDir, ['rev-list', '--objects', next, '--not', '--all'], { env });
  const format = '--batch-check=%(objecttype) %(objectname) %(objectsize) %(rest)';
  const out = await runGit(gitDir, ['cat-file', format], { env, input: objects });
  return out.toString().split('\n').flatMap(readBlobLine);
}

function readBlobLine(line: string): PushedBlob[] {
  const [type, oid = '', size, ...path] = line.split(' ');
  return type === 'blob' ? [{ oid, size: Number(size), path: path.join(' ') }] : [];
}

async function pointersToNothing(
  blobs: readonly PushedBlob[],
  objects: ReadonlyMap<string, GitObject>,
): Promise<PushedBlob[]> {
  const absent: PushedBlob[] = [];
  for (const blob of blobs) {
    const pointer = readPointer(objects.get(blob.oid)?.content ?? Buffer.alloc(0));
    if (!pointer) continue;
    const isStored = await stat(join(process.env['HUB_LFS_OBJECTS'] ?? '', pointer.oid)).catch(() => undefined);
    if (!isStored) absent.push(blob);
  }
  return absent;
}

async function cardProblem(commit: string): Promise<string | undefined> {
  const readme = await runGit(gitDir, ['cat-file', 'blob', `${commit}:README.md`], { env }).catch(() => undefined);
  const errors = readme ? checkCard(readme.toString()).errors : [];
  if (errors.length === 0) return undefined;
  const list = errors.map((error) => `- Error: ${error}`).join('\n');
  return `Sorry, your push was rejected during YAML metadata verification:\n${list}`;
}
