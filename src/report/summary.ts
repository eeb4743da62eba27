import prettyMs from 'pretty-ms';
import { duration } from '../base/duration.ts';
import type { Problem } from '../base/failure.ts';
import type { HealthAnswer } from '../health/probe.ts';
import type { Plan } from '../plan/plan.ts';
import { counted, priceOf } from './amounts.ts';
import { changes } from './changes.ts';
import { COMPARED } from './compared.ts';
import { failureTitle } from './failure-lines.ts';
import { groupProblems } from './group-problems.ts';
import { codeBlock, fold, httpLink, inlineCode, joined, plainMarkdown, section } from './markdown.ts';
import type { RunRecord } from './record.ts';
import { timeline } from './timeline.ts';

/** Lines of the table of health answers. */
const MOST_ANSWERS = 10;
/** Characters of what is wrong; the Hub's own words may be a whole stack, which is in the lines below it. */
const LONGEST_WHAT = 240;

/** The job summary: what people read. Markdown in which everything that others wrote is quoted. */
export function summary(record: RunRecord): string {
  return joined(
    headline(record),
    failure(record, true),
    facts(record),
    changes(record),
    record.mode === 'plan' ? '' : timeline(record),
    health(record),
    checks(record),
    warnings(record),
  );
}

/** The comment on a pull request: the same in short, under a first line by which the next run finds it. */
export function pullRequestComment(record: RunRecord): string {
  return joined(
    `<!-- spaceport ${record.space?.id} -->`,
    headline(record),
    failure(record, false),
    factsInOneLine(record),
    changes(record),
    warnings(record),
    record.runUrl === undefined ? '' : `From <a href="${record.runUrl}">this run</a>; the next one edits this comment.`,
  );
}

function warnings({ warnings: all }: RunRecord): string {
  return section(
    'Worth knowing',
    all.map((text) => `- ${plainMarkdown(text)}`),
  );
}

/** What was proven, and no more than that. */
const DEPLOYED = {
  commit: 'The pushed commit is the one that runs, and it is healthy.',
  'same-build':
    'The files are there. The Hub has not built this commit: the app that runs differs from it in nothing that matters to the app, and it is healthy.',
  'word-of-the-hub': 'The Hub says that the pushed commit runs. The app could not be asked for its health.',
} as const;
const UNCHANGED = {
  commit: 'The Space already runs exactly this, and it is healthy.',
  'same-build': 'The Space already runs what this builds, and it is healthy.',
  'word-of-the-hub': 'The Space already has exactly this. The app could not be asked for its health.',
} as const;

const RESTARTED = {
  commit: 'The newest commit runs in a new process, and it is healthy.',
  'same-build': 'A new process runs what the newest commit builds, and it is healthy.',
  'word-of-the-hub': 'The Hub says that the newest commit runs. The app could not be asked for its health.',
} as const;

/** What a rollback that a person asked for has proven. */
const RESTORED = {
  commit: 'The version that was asked for runs again, and it is healthy.',
  'same-build':
    'The files are those of the version that was asked for. The Hub has not built this commit: the app that runs differs from it in nothing that matters to the app, and it is healthy.',
  'word-of-the-hub':
    'The Hub says that the version that was asked for runs again. The app could not be asked for its health.',
} as const;

const VERIFIED = {
  commit: 'The newest commit is the one that runs, and it is healthy.',
  'same-build': 'What runs is built as the newest commit is, and it is healthy.',
  'word-of-the-hub': 'The Hub says that the newest commit runs. The app could not be asked for its health.',
} as const;

function compared({ compared: match }: RunRecord): string {
  return match === undefined ? '' : ` ${plainMarkdown(COMPARED[match])}`;
}

function headline(record: RunRecord): string {
  const { result, mode, space, proof, failure: failed } = record;
  const proven = proof ?? 'commit';
  const where = space === undefined ? '' : ` ${inlineCode(space.id)}`;
  switch (result) {
    case 'deployed':
      return `## ✅ Deployed${where}\n\n${DEPLOYED[proven]}${passed(record)}`;
    case 'unchanged':
      return `## ✅ Unchanged${where}\n\n${UNCHANGED[proven]}${passed(record)}`;
    case 'planned':
      return `## 📋 Plan for${where}\n\nNothing was changed.`;
    case 'removed':
      return `## 🗑️ Removed${where}\n\nThe Space, its history and its settings are deleted.`;
    case 'verified':
      return `## ✅ Verified${where}\n\n${VERIFIED[proven]}${passed(record)}${compared(record)} Nothing was changed.`;
    case 'rolled-back':
      return `## ↩️ Rolled back${where}\n\n${mode === 'rollback' ? RESTORED[proven] : 'The new version failed; the previous one runs again.'}`;
    case 'restarted':
      return `## 🔄 Restarted${where}\n\n${RESTARTED[proven]}`;
    default:
      return `## ❌ ${failed === undefined ? 'Failed' : failureTitle(failed, mode)}${where === '' ? '' : `:${where}`}`;
  }
}

function passed({ checks: asked, command }: RunRecord): string {
  const count = asked.length + (command === undefined ? 0 : 1);
  return count === 0 ? '' : ` It passed ${counted(count, 'check')}.`;
}

function failure({ failure: failed }: RunRecord, isOpen: boolean): string {
  return joined(...groupProblems(failed?.problems ?? []).map((each) => problem(each, isOpen)));
}

function problem({ what, where, cause, fix, evidence = [] }: Problem, isOpen: boolean): string {
  const lines = [
    ...(where === undefined ? [] : [`- **Where:** ${plainMarkdown(where)}`]),
    ...(cause === undefined ? [] : [`- **Cause:** ${plainMarkdown(cause)}`]),
    ...(fix === undefined ? [] : [`- **Fix:** ${plainMarkdown(fix)}`]),
  ];
  return joined(
    `**${plainMarkdown(shortened(what))}**`,
    lines.join('\n'),
    evidence.length === 0 ? '' : fold('The lines that show it', [codeBlock(evidence)], isOpen),
  );
}

function shortened(what: string): string {
  const text = what.replace(/\s+/g, ' ');
  return text.length > LONGEST_WHAT ? `${text.slice(0, LONGEST_WHAT).trimEnd()} …` : text;
}

/** The first row is the head of the table: an empty one would be an empty line above it. */
function facts(record: RunRecord): string {
  const [first, ...others] = factsOf(record).map(([name, value]) => `| ${name} | ${value} |`);
  return first === undefined ? '' : [first, '|:--|:--|', ...others].join('\n');
}

function factsInOneLine(record: RunRecord): string {
  return factsOf(record)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');
}

function factsOf(record: RunRecord): readonly (readonly [string, string])[] {
  const { space, appUrl, commit, previousCommit, plan, stage, startedAt, endedAt } = record;
  if (space === undefined) return [];
  const link = (sha: string) =>
    `<a href="${space.url}/commit/${encodeURIComponent(sha)}">${inlineCode(sha.slice(0, 7))}</a>`;
  const replaced = previousCommit === undefined || previousCommit === commit ? '' : `, after ${link(previousCommit)}`;
  return [
    ['Space', `<a href="${space.url}">${inlineCode(space.id)}</a>${record.created ? ', created' : ''}`],
    ['Environment', inlineCode(space.environment)],
    ...(appUrl === undefined ? [] : [['App', httpLink(appUrl)] as const]),
    ...(commit === undefined ? [] : [['Commit', `${link(commit)}${replaced}`] as const]),
    ...hardwareRow(plan?.hardware),
    ...(stage === undefined ? [] : [['Stage', inlineCode(stage)] as const]),
    ...(endedAt === undefined ? [] : [['Took', duration(endedAt - startedAt)] as const]),
  ];
}

function hardwareRow(hardware: Plan['hardware']): readonly (readonly [string, string])[] {
  if (hardware === undefined) return [];
  const price = priceOf(hardware);
  return [['Hardware', `${inlineCode(hardware.flavor)}${price === undefined ? '' : `, ${plainMarkdown(price)}`}`]];
}

/** One line when all answers were good; else a table, with what the app answered last. */
function health({ health: answers }: RunRecord): string {
  const newest = answers.at(-1);
  if (newest === undefined) return '';
  const body = newest.excerpt === '' ? [] : [codeBlock(newest.excerpt.split('\n'))];
  if (answers.every(({ ok }) => ok)) {
    const line = `✅ ${newest.status}, ${counted(answers.length, 'good answer')}, the last in ${prettyMs(newest.tookMs)}`;
    return joined(section('Health', [line]), body.length === 0 ? '' : fold('The last answer', body));
  }
  const rows = alike(answers).slice(-MOST_ANSWERS).map(answerRow);
  return joined(section('Health', ['| | Status | Answer | Times |', '|:--|:--|:--|--:|', ...rows]), ...body);
}

/** What was asked besides the health, and how it was answered in the end. */
function checks({ checks: asked, command }: RunRecord): string {
  const rows = asked.map(({ name, answer: { ok, status, message, tookMs } }) => [
    ok ? '✅' : '❌',
    inlineCode(name),
    `${status ?? 'none'}, ${plainMarkdown(message)}`,
    duration(tookMs),
  ]);
  const ended = command && [
    command.ok ? '✅' : '❌',
    inlineCode('check-command'),
    plainMarkdown(command.sentence),
    duration(command.tookMs),
  ];
  const all = [...rows, ...(ended === undefined ? [] : [ended])].map((cells) => `| ${cells.join(' | ')} |`);
  return section('Checks', all.length === 0 ? [] : ['| | Asked | Answered | Took |', '|:--|:--|:--|--:|', ...all]);
}

/** Answers in a row that say the same, together. */
function alike(answers: readonly HealthAnswer[]): readonly (readonly HealthAnswer[])[] {
  const groups: HealthAnswer[][] = [];
  for (const answer of answers) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    const isSame = first?.ok === answer.ok && first.status === answer.status && first.message === answer.message;
    if (isSame) last?.push(answer);
    else groups.push([answer]);
  }
  return groups;
}

function answerRow(answers: readonly HealthAnswer[]): string {
  const [first] = answers;
  return `| ${first?.ok ? '✅' : '❌'} | ${first?.status ?? 'none'} | ${plainMarkdown(first?.message ?? '')} | ${answers.length} |`;
}
