import type { Problem } from '../errors.ts';
import type { Step } from '../plan/plan.ts';
import { bytes, counted, duration } from './amounts.ts';
import { failureTitle } from './failure-lines.ts';
import { codeBlock, inlineCode, plainMarkdown } from './markdown.ts';
import type { RunRecord } from './record.ts';

const MOST_FILES = 200;
const MOST_ANSWERS = 10;

/** The job summary: what people read. Markdown in which everything that others wrote is quoted. */
export function summary(record: RunRecord, lastStage: string | undefined): string {
  return [
    headline(record),
    failure(record),
    facts(record, lastStage),
    changes(record),
    timeline(record),
    health(record),
    section(
      'Worth knowing',
      record.notes.map((note) => `- ${plainMarkdown(note)}`),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headline({ result, space, failure: failed }: RunRecord): string {
  const where = space === undefined ? '' : ` ${inlineCode(space.id)}`;
  switch (result) {
    case 'deployed':
      return `## ✅ Deployed${where}\n\nThe pushed commit is the one that runs, and it is healthy.`;
    case 'unchanged':
      return `## ✅ Unchanged${where}\n\nThe Space already runs exactly this, and it is healthy.`;
    case 'planned':
      return `## 📋 Plan for${where}\n\nNothing was changed.`;
    case 'rolled-back':
      return `## ↩️ Put back${where}\n\nThe new version is not well; the one before runs again.`;
    default:
      return `## ❌ ${failed === undefined ? 'Failed' : failureTitle(failed)}${where === '' ? '' : `:${where}`}`;
  }
}

function failure({ failure: failed }: RunRecord): string {
  return failed === undefined ? '' : failed.problems.map(problem).join('\n\n');
}

function problem({ what, where, cause, cure, evidence }: Problem): string {
  const lines = [
    ...(where === undefined ? [] : [`- Where: ${plainMarkdown(where)}`]),
    ...(cause === undefined ? [] : [`- Likely cause: ${plainMarkdown(cause)}`]),
    ...(cure === undefined ? [] : [`- What to do: ${plainMarkdown(cure)}`]),
  ];
  const shown =
    evidence === undefined || evidence.length === 0
      ? ''
      : `<details open><summary>What it said</summary>\n\n${codeBlock(evidence)}\n\n</details>`;
  return [`**${plainMarkdown(what)}**`, lines.join('\n'), shown].filter((part) => part !== '').join('\n\n');
}

function facts(record: RunRecord, lastStage: string | undefined): string {
  const { space, appUrl, commit, previousCommit, startedAt, endedAt } = record;
  if (space === undefined) return '';
  const link = (sha: string) =>
    `<a href="${space.url}/commit/${encodeURIComponent(sha)}">${inlineCode(sha.slice(0, 7))}</a>`;
  const rows = [
    ['Space', `<a href="${space.url}">${inlineCode(space.id)}</a>${record.created ? ', created' : ''}`],
    ['Environment', inlineCode(space.environment)],
    ...(appUrl === undefined ? [] : [['App', httpLink(appUrl)]]),
    ...(commit === undefined
      ? []
      : [
          [
            'Commit',
            link(commit) +
              (previousCommit === undefined || previousCommit === commit ? '' : `, before ${link(previousCommit)}`),
          ],
        ]),
    ...(lastStage === undefined ? [] : [['Stage', inlineCode(lastStage)]]),
    ...(endedAt === undefined ? [] : [['Took', duration(endedAt - startedAt)]]),
  ];
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

function httpLink(url: string): string {
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol)
    ? `<a href="${parsed.href.replaceAll('|', '%7C')}">${inlineCode(url)}</a>`
    : inlineCode(url);
}

function changes({ done, plan, result }: RunRecord): string {
  const steps = result === 'planned' ? (plan?.steps ?? []) : done;
  const lines = steps.flatMap(stepRows);
  const unmanaged = [...(plan?.unmanaged.variables ?? []), ...(plan?.unmanaged.secrets ?? [])];
  return section(result === 'planned' ? 'What would change' : 'What changed', [
    ...(lines.length === 0 ? ['- nothing'] : lines),
    ...(plan === undefined || plan.unchangedFiles === 0 ? [] : [`- ${counted(plan.unchangedFiles, 'file')} unchanged`]),
    ...(unmanaged.length === 0 ? [] : [`- left alone: ${unmanaged.map(inlineCode).join(', ')}`]),
  ]);
}

function stepRows(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create':
      return [`- new ${step.visibility} ${step.sdk} Space (${plainMarkdown(step.reason)})`];
    case 'set-visibility':
      return [`- visibility: ${inlineCode(step.from)} → ${inlineCode(step.to)}`];
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
        ...step.changed.map(({ path, size }) => `- changed file ${inlineCode(path)} ${bytes(size)}`),
        ...step.deleted.map((path) => `- deleted file ${inlineCode(path)}`),
      ];
      return files.length <= MOST_FILES
        ? files
        : [...files.slice(0, MOST_FILES), `- … and ${counted(files.length - MOST_FILES, 'more file')}`];
    }
    default:
      return step satisfies never;
  }
}

function timeline({ timeline: entries, startedAt }: RunRecord): string {
  if (entries.length === 0) return '';
  const rows = entries.map(({ what, at }) => `| ${duration(at - startedAt)} | ${plainMarkdown(what)} |`);
  return section('Timeline', ['| after | |', '|--:|---|', ...rows]);
}

function health({ health: answers }: RunRecord): string {
  const last = answers.slice(-MOST_ANSWERS);
  if (last.length === 0) return '';
  const rows = last.map(
    ({ ok, status, said, tookMs }) =>
      `| ${ok ? '✅' : '❌'} | ${status ?? 'no answer'} | ${plainMarkdown(said)} | ${tookMs} ms |`,
  );
  const body = last.at(-1)?.excerpt ?? '';
  return section('Health', [
    '| | status | | took |',
    '|---|---|---|--:|',
    ...rows,
    ...(body === '' ? [] : ['', codeBlock(body.split('\n'))]),
  ]);
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}`;
}
