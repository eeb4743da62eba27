import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import { badRequest } from '../http/refusals.ts';
import { ndjson } from './ndjson.ts';

export type FileChange =
  | { readonly kind: 'content'; readonly path: string; readonly content: Buffer }
  | { readonly kind: 'object'; readonly path: string; readonly oid: string; readonly size: number | undefined }
  /** Moves what is at `from`. */
  | { readonly kind: 'rename'; readonly path: string; readonly from: string };

export interface CommitRequest {
  readonly summary: string;
  readonly description: string;
  readonly parentCommit: string | undefined;
  readonly changes: readonly FileChange[];
  /** Of files and folders; a final `/` stands for a folder. */
  readonly deletions: readonly string[];
}

const noOperations = 'The commit needs at least one line with key "lfsFile", "file" or "deletedFile"';

/** The operations of a commit in NDJSON, the header first (hub-contract §11). */
export async function readNdjsonCommit(body: AsyncIterable<Buffer>): Promise<CommitRequest> {
  let header: Fields | undefined;
  const changes: FileChange[] = [];
  const deletions: string[] = [];
  for await (const line of ndjson(body)) {
    const { key, value } = readLine(line);
    if (key === 'header') header = value;
    else if (key === 'file') changes.push(readFile(value));
    else if (key === 'lfsFile') changes.push(readObject(value));
    else if (/^deleted(File|Folder|Entry)$/.test(key)) deletions.push(checkPath(value.text('path'), key));
    else throw badRequest(`Unknown key "${key}" in commit`);
  }
  if (!header) throw badRequest('The first line of a commit must have the key "header"');
  return complete(header, changes, deletions);
}

/** The older form, one JSON object (hub-contract §11). */
export function readJsonCommit(body: unknown): CommitRequest {
  const fields = new Fields(body);
  const changes = [...fields.objects('files').map(readFile), ...fields.objects('lfsFiles').map(readObject)];
  const deletions = fields.objects('deletedEntries').map((entry) => checkPath(entry.text('path'), 'deletedEntry'));
  return complete(fields, changes, deletions);
}

function readLine(line: unknown): { key: string; value: Fields } {
  const fields = new Fields(line);
  return { key: fields.text('key'), value: new Fields(fields.raw('value')) };
}

function complete(header: Fields, changes: FileChange[], deletions: string[]): CommitRequest {
  if (changes.length + deletions.length === 0) throw badRequest(noOperations);
  return {
    summary: header.text('summary'),
    description: header.optionalText('description') ?? '',
    parentCommit: header.optionalText('parentCommit'),
    changes,
    deletions,
  };
}

function readFile(value: Fields): FileChange {
  const path = checkPath(value.text('path'), 'file');
  if (value.has('oldPath')) return { kind: 'rename', path, from: value.text('oldPath') };
  const encoding = value.optionalText('encoding') === 'base64' ? 'base64' : 'utf8';
  return { kind: 'content', path, content: Buffer.from(value.text('content'), encoding) };
}

function readObject(value: Fields): FileChange {
  const path = checkPath(value.text('path'), 'lfsFile');
  if (value.has('oldPath') && !value.has('oid')) return { kind: 'rename', path, from: value.text('oldPath') };
  const oid = value.text('oid');
  if (!/^[0-9a-f]{64}$/.test(oid)) throw badRequest('"oid" must be a sha256 in hex');
  return { kind: 'object', path, oid, size: value.optionalNumber('size') };
}

/** Throws 422 for paths that no repository can hold (hub-contract §2.2). */
export function checkPath(path: string, key: string): string {
  const parts = path.replace(/\/$/, '').split('/');
  const bad = parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git');
  if (bad || path.startsWith('..\\') || path.includes('\0') || path.length > 1000) {
    throw new HubError(422, `Invalid path "${path}" in "${key}"`);
  }
  return path;
}
