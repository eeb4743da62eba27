import type { CardChange } from '../plan/card-changes.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { counted } from './amounts.ts';
import { fileFold } from './file-changes.ts';
import { inlineCode, joined, plainMarkdown, section } from './markdown.ts';
import type { RunRecord } from './record.ts';
import { stepRows } from './steps.ts';

const MOST_FILES = 50;

/** What was changed, or what a plan would change, as parts of the job summary. */
export function changes(record: RunRecord): string {
  const { mode, done, plan, rolledBack } = record;
  if (mode === 'verify') return '';
  if (mode !== 'plan') {
    const title = rolledBack && mode !== 'rollback' ? 'What the new version changed' : 'What changed';
    return joined(section(title, [...rows(done.flatMap(stepRows)), ...leftAlone(plan)]), folds(done));
  }
  if (plan === undefined) return '';
  return joined(
    section('What would change', [
      ...rows([...plan.steps.flatMap(stepRows), ...plan.card.map(cardRow)]),
      ...leftAlone(plan),
    ]),
    folds(plan.steps),
    section('What the app would go through', plan.restarts.map(restartRow)),
    edits(plan),
  );
}

function folds(steps: readonly Step[]): string {
  return joined(...steps.map((step) => (step.kind === 'commit' ? fileFold(step) : '')));
}

function rows(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['- nothing'] : lines;
}

function leftAlone(plan: Plan | undefined): readonly string[] {
  if (plan === undefined) return [];
  const unmanaged = [...plan.unmanaged.variables, ...plan.unmanaged.secrets];
  return [
    ...(plan.unchangedFiles === 0 ? [] : [`- ${counted(plan.unchangedFiles, 'file')} unchanged`]),
    ...(unmanaged.length === 0 ? [] : [`- left alone: ${unmanaged.map(inlineCode).join(', ')}`]),
  ];
}

function cardRow({ key, from, to }: CardChange): string {
  const shown = (value: unknown) => (value === undefined ? 'nothing' : inlineCode(JSON.stringify(value)));
  return `- card ${inlineCode(key)}: ${shown(from)} → ${shown(to)}`;
}

function restartRow({ kind, because }: Plan['restarts'][number]): string {
  return `- ${kind === 'build' ? 'rebuilt and restarted' : 'restarted'}: ${plainMarkdown(because)}`;
}

function edits({ edits: made }: Plan): string {
  if (made === undefined) return '';
  const files = made.files.map(({ path, edit }) => `- ${edit} file ${inlineCode(path)}`);
  return section('By hand since the last deployment', [
    ...made.commits.map(
      ({ id, title, author }) =>
        `- commit ${inlineCode(id.slice(0, 7))}${author === undefined ? '' : ` of ${inlineCode(author)}`}: ${plainMarkdown(title)}`,
    ),
    ...files.slice(0, MOST_FILES),
    ...(files.length > MOST_FILES ? [`- … and ${counted(files.length - MOST_FILES, 'more file')}`] : []),
  ]);
}
