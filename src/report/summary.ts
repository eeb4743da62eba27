import prettyMs from 'pretty-ms';
import { duration } from '../base/duration.ts';
import type { Problem } from '../base/failure.ts';
import type { Plan } from '../plan/plan.ts';
import { counted, priceOf } from './amounts.ts';
import { changes } from './changes.ts';
import { failureTitle } from './failure-lines.ts';
import { groupProblems } from './group-problems.ts';
import { codeBlock, fold, httpLink, inlineCode, plainMarkdown, section } from './markdown.ts';
import type { RunRecord } from './record.ts';
import { timeline } from './timeline.ts';

const MOST_ANSWERS = 10;

/** The job summary: what people read. Markdown in which everything that others wrote is quoted. */
export function summary(record: RunRecord): string {
  return joined(
    headline(record),
    failure(record),
    facts(record),
    changes(record),
    timeline(record),
    health(record),
    warnings(record),
  );
}

/** The comment on a pull request: the same without the timeline and the health, under a first line by which the next run finds it. */
export function pullRequestComment(record: RunRecord): string {
  return joined(
    `<!-- spaceport ${record.space?.id} -->`,
    headline(record),
    failure(record),
    facts(record),
    changes(record),
    warnings(record),
    record.runUrl === undefined ? '' : `From <a href="${record.runUrl}">this run</a>; the next one edits this comment.`,
  );
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function warnings({ warnings: all }: RunRecord): string {
  return section(
    'Worth knowing',
    all.map((text) => `- ${plainMarkdown(text)}`),
  );
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
    case 'removed':
      return `## 🗑️ Removed${where}\n\nThe Space, its history and its settings are deleted.`;
    case 'rolled-back':
      return `## ↩️ Rolled back${where}\n\nThe new version failed; the previous one runs again.`;
    default:
      return `## ❌ ${failed === undefined ? 'Failed' : failureTitle(failed)}${where === '' ? '' : `:${where}`}`;
  }
}

function failure({ failure: failed }: RunRecord): string {
  return failed === undefined ? '' : groupProblems(failed.problems).map(problem).join('\n\n');
}

function problem({ what, where, cause, fix, evidence }: Problem): string {
  const lines = [
    ...(where === undefined ? [] : [`- Where: ${plainMarkdown(where)}`]),
    ...(cause === undefined ? [] : [`- Cause: ${plainMarkdown(cause)}`]),
    ...(fix === undefined ? [] : [`- Fix: ${plainMarkdown(fix)}`]),
  ];
  const shown =
    evidence === undefined || evidence.length === 0 ? '' : fold('Its own words', [codeBlock(evidence)], true);
  return [`**${plainMarkdown(what)}**`, lines.join('\n'), shown].filter((part) => part !== '').join('\n\n');
}

function facts(record: RunRecord): string {
  const { space, appUrl, commit, previousCommit, plan, stage, startedAt, endedAt } = record;
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
    ...hardwareRow(plan?.hardware),
    ...(stage === undefined ? [] : [['Stage', inlineCode(stage)]]),
    ...(endedAt === undefined ? [] : [['Took', duration(endedAt - startedAt)]]),
  ];
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

function hardwareRow(hardware: Plan['hardware']): readonly string[][] {
  if (hardware === undefined) return [];
  const price = priceOf(hardware);
  return [['Hardware', `${inlineCode(hardware.flavor)}${price === undefined ? '' : `, ${plainMarkdown(price)}`}`]];
}

/** One line when all answers were good; else a table, with what the app answered last. */
function health({ health: answers }: RunRecord): string {
  const last = answers.slice(-MOST_ANSWERS);
  const newest = last.at(-1);
  if (newest === undefined) return '';
  const body = newest.excerpt === '' ? [] : [codeBlock(newest.excerpt.split('\n'))];
  if (answers.every(({ ok }) => ok)) {
    const line = `✅ ${newest.status}, ${counted(answers.length, 'good answer')}, the last in ${prettyMs(newest.tookMs)}`;
    return section('Health', [line, ...(body.length === 0 ? [] : ['', fold('Its own words', body)])]);
  }
  const rows = last.map(
    ({ ok, status, message, tookMs }) =>
      `| ${ok ? '✅' : '❌'} | ${status ?? 'no answer'} | ${plainMarkdown(message)} | ${prettyMs(tookMs)} |`,
  );
  return section('Health', [
    '| | status | | took |',
    '|---|---|---|--:|',
    ...rows,
    ...body.flatMap((block) => ['', block]),
  ]);
}
