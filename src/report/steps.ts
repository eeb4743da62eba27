import prettyBytes from 'pretty-bytes';
import { firstOf } from '../base/first-of.ts';
import { plainLine } from '../base/plain-line.ts';
import { type Volume, volumeText } from '../inputs/volumes.ts';
import { type CommitStep, filesOf, type Step } from '../plan/plan.ts';
import { bytesBecome, counted, sleepTime } from './amounts.ts';
import { fileRows } from './file-changes.ts';
import { inlineCode, plainMarkdown } from './markdown.ts';

const MOST_FILES = 50;

/** A step as items of a list in the job summary. */
export function stepRows(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create': {
      const hardware = step.hardware === undefined ? '' : ` on ${inlineCode(step.hardware)}`;
      return [`- new ${step.visibility} ${step.sdk} Space${hardware} (${plainMarkdown(step.reason)})`];
    }
    case 'remove':
      return [`- Space deleted: ${plainMarkdown(step.reason)}`];
    case 'set-visibility':
      return [`- visibility: ${inlineCode(step.from)} → ${inlineCode(step.to)}`];
    case 'set-hardware':
      return [`- hardware: ${step.from === undefined ? '' : `${inlineCode(step.from)} → `}${inlineCode(step.to)}`];
    case 'set-sleep-time':
      return [`- sleeps after: ${sleepTime(step.from)} → ${sleepTime(step.to)}`];
    case 'prune-large-files':
      return [
        `- ${counted(step.objects.length, 'old large file')} deleted for good: ${firstOf(
          step.objects.map(({ path, fileOid }) => inlineCode(path ?? fileOid.slice(0, 12))),
          MOST_FILES,
        )}`,
      ];
    case 'set-volumes':
      return [`- volumes: ${mounts(step.from, inlineCode)} → ${mounts(step.to, inlineCode)}`];
    case 'end-dev-mode':
      return [`- dev mode ended: ${plainMarkdown(step.reason)}`];
    case 'set-variable':
      return [
        `- variable ${inlineCode(step.name)}: ${step.from === undefined ? '' : `${valueCode(step.from)} → `}${valueCode(step.to)}`,
      ];
    case 'delete-variable':
      return [`- variable ${inlineCode(step.name)} deleted: ${plainMarkdown(step.reason)}`];
    case 'set-secret':
      return [`- secret ${inlineCode(step.name)}: ${plainMarkdown(step.reason)}`];
    case 'delete-secret':
      return [`- secret ${inlineCode(step.name)} deleted: ${plainMarkdown(step.reason)}`];
    case 'restart':
      return [`- restart: ${plainMarkdown(step.reason)}`];
    case 'commit':
      return fileRows(step);
    default:
      return step satisfies never;
  }
}

function mounts(volumes: readonly Volume[], show: (text: string) => string): string {
  return volumes.map((volume) => show(volumeText(volume))).join(', ') || 'nothing';
}

/** Characters of a value in the summary; the plan has the whole value. */
const LONGEST_VALUE = 120;

function valueCode(value: string): string {
  return inlineCode(value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)} …` : value);
}

/** A step as lines of the log. */
export function stepLines(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create':
      return [
        `create the Space: ${[step.sdk, step.visibility, step.hardware].filter(Boolean).join(', ')} (${step.reason})`,
      ];
    case 'remove':
      return [`delete the Space (${step.reason})`];
    case 'set-visibility':
      return [`make it ${step.to}, from ${step.from} (${step.reason})`];
    case 'prune-large-files':
      return [
        `delete ${counted(step.objects.length, 'old large file')} for good, ${prettyBytes(step.objects.reduce((sum, { size }) => sum + size, 0))} (${step.reason})`,
        ...shortened(
          step.objects.map(
            ({ path, fileOid, size }) => `  - ${quoted(path ?? fileOid.slice(0, 12))} ${prettyBytes(size)}`,
          ),
        ),
      ];
    case 'set-volumes':
      return [`mount ${mounts(step.to, plainLine)}, instead of ${mounts(step.from, plainLine)} (${step.reason})`];
    case 'end-dev-mode':
      return [`end dev mode (${step.reason})`];
    case 'delete-variable':
      return [`delete the variable ${step.name} (${step.reason})`];
    case 'delete-secret':
      return [`delete the secret ${step.name} (${step.reason})`];
    case 'set-variable':
      return [`set the variable ${step.name} to ${plainLine(JSON.stringify(step.to))} (${step.reason})`];
    case 'set-secret':
      return [`set the secret ${step.name} (${step.reason})`];
    case 'set-hardware':
      return [`put it on ${step.to}${step.from === undefined ? '' : `, from ${step.from}`} (${step.reason})`];
    case 'set-sleep-time':
      return [`set its sleep time to ${sleepTime(step.to)}, from ${sleepTime(step.from)} (${step.reason})`];
    case 'restart':
      return [`restart it${step.factory ? ', rebuilding it without the cache' : ''} (${step.reason})`];
    case 'commit':
      return commitLines(step);
    default:
      return step satisfies never;
  }
}

function commitLines(step: CommitStep): readonly string[] {
  const { added, changed } = filesOf(step);
  return [
    `commit: ${step.reason}`,
    ...shortened([
      ...added.map(({ path, size }) => `  + ${quoted(path)} ${prettyBytes(size)}`),
      ...changed.map(({ path, size, was }) => `  ~ ${quoted(path)} ${bytesBecome(was, size)}`),
      ...step.deleted.map(({ path, size }) => `  - ${quoted(path)} ${prettyBytes(size)}`),
    ]),
  ];
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST_FILES
    ? lines
    : [...lines.slice(0, MOST_FILES), `  … and ${counted(lines.length - MOST_FILES, 'more file')}`];
}

/** A path as it is, or as JSON where it has unusual characters. */
export function quoted(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : plainLine(JSON.stringify(path));
}
