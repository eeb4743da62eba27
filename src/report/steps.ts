import type { Step } from '../plan/plan.ts';
import { bytes, bytesBecome, counted, sleepTime } from './amounts.ts';
import { inlineCode, plainMarkdown } from './markdown.ts';

const MOST_FILES = 200;

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
    case 'set-variable':
      return [
        `- variable ${inlineCode(step.name)}: ${step.from === undefined ? '' : `${inlineCode(step.from)} → `}${inlineCode(step.to)}`,
      ];
    case 'delete-variable':
      return [`- variable ${inlineCode(step.name)} deleted: ${plainMarkdown(step.reason)}`];
    case 'set-secret':
      return [`- secret ${inlineCode(step.name)}: ${plainMarkdown(step.reason)}`];
    case 'delete-secret':
      return [`- secret ${inlineCode(step.name)} deleted: ${plainMarkdown(step.reason)}`];
    case 'restart':
      return [`- restart: ${plainMarkdown(step.reason)}`];
    case 'commit': {
      const files = [
        ...step.added.map(({ path, size }) => `- new file ${inlineCode(path)} ${bytes(size)}`),
        ...step.changed.map(({ path, size, was }) => `- changed file ${inlineCode(path)} ${bytesBecome(was, size)}`),
        ...step.deleted.map(({ path, size }) => `- deleted file ${inlineCode(path)} ${bytes(size)}`),
      ];
      return files.length <= MOST_FILES
        ? files
        : [...files.slice(0, MOST_FILES), `- … and ${counted(files.length - MOST_FILES, 'more file')}`];
    }
    default:
      return step satisfies never;
  }
}
