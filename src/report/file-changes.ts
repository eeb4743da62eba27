import prettyBytes from 'pretty-bytes';
import { type CommitStep, filesOf } from '../plan/plan.ts';
import { bytesBecome, counted } from './amounts.ts';
import { fold, inlineCode } from './markdown.ts';

/** So few need no fold. */
const FEW_FILES = 5;
/** Files that are listed one by one; of more, directories are summed up. */
const MOST_FILES = 20;
/** Lines that a person scrolls through. */
const MOST_LINES = 40;

interface FileChange {
  readonly kind: 'new' | 'changed' | 'deleted';
  readonly path: string;
  /** Bytes now, or when it was deleted. */
  readonly size: number;
  readonly was?: number;
}

/** What a commit does to the files, as items of a list: each of a few, or one line of counts and sizes. */
export function fileRows(step: CommitStep): readonly string[] {
  const changes = changesOf(step);
  if (changes.length <= FEW_FILES) return changes.map(fileLine);
  return [`- ${KINDS.flatMap((kind) => sumOf(kind, changes)).join(', ')}`];
}

/** The list that one line of counts stands for, folded; nothing where each file has a line of its own. */
export function fileFold(step: CommitStep): string {
  const changes = changesOf(step);
  if (changes.length <= FEW_FILES) return '';
  const lines = changes.length > MOST_FILES ? directoryLines(changes) : changes.map(fileLine);
  const rest = lines.length - MOST_LINES;
  const shown = [...lines.slice(0, MOST_LINES), ...(rest > 0 ? [`- … and ${rest} more`] : [])];
  return fold(`The ${changes.length} files`, shown);
}

function changesOf(step: CommitStep): readonly FileChange[] {
  const { added, changed } = filesOf(step);
  return [
    ...added.map(({ path, size }) => ({ kind: 'new' as const, path, size })),
    ...changed.map(({ path, size, was }) => ({ kind: 'changed' as const, path, size, was })),
    ...step.deleted.map(({ path, size }) => ({ kind: 'deleted' as const, path, size })),
  ];
}

const KINDS: readonly FileChange['kind'][] = ['new', 'changed', 'deleted'];

function sumOf(kind: FileChange['kind'], changes: readonly FileChange[]): readonly string[] {
  const of = changes.filter((change) => change.kind === kind);
  return of.length === 0 ? [] : [`${counted(of.length, `${kind} file`)} (${prettyBytes(totalSize(of))})`];
}

function fileLine({ kind, path, size, was }: FileChange): string {
  return `- ${kind} file ${inlineCode(path)} ${was === undefined ? prettyBytes(size) : bytesBecome(was, size)}`;
}

/** The largest first; a directory of which there is one file is that file. */
function directoryLines(changes: readonly FileChange[]): readonly string[] {
  const depth = commonDepth(changes.map(({ path }) => path));
  const directories = Map.groupBy(changes, ({ kind, path }) => `${kind} ${directoryOf(path, depth)}`);
  return [...directories.values()]
    .sort((a, b) => totalSize(b) - totalSize(a))
    .map((files) => directoryLine(files, depth));
}

function directoryLine(files: readonly FileChange[], depth: number): string {
  const [first] = files;
  if (first === undefined) return '';
  if (files.length === 1) return fileLine(first);
  const directory = directoryOf(first.path, depth);
  return `- ${first.kind} in ${inlineCode(directory)}: ${counted(files.length, 'file')}, ${prettyBytes(totalSize(files))}`;
}

/** `src/` of `src/app/main.py` at depth 0; a file that lies higher is itself. */
function directoryOf(path: string, depth: number): string {
  const parts = path.split('/');
  return parts.length > depth + 1 ? `${parts.slice(0, depth + 1).join('/')}/` : path;
}

/** How many leading directories all paths share: these say nothing. */
function commonDepth(paths: readonly string[]): number {
  const [first = [], ...others] = paths.map((path) => path.split('/').slice(0, -1));
  const differs = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return differs === -1 ? first.length : differs;
}

function totalSize(files: readonly FileChange[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
