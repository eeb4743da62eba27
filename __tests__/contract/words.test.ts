import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** A word that a reader whose second language is English would stumble over, or that has another name here. */
interface Word {
  readonly found: RegExp;
  readonly instead: string;
  /** A sentence that must be caught. */
  readonly caught: string;
}

const WORDS: readonly Word[] = [
  { found: /\bmend(?:s|ed|ing)?\b/i, instead: 'fix', caught: 'Mend the YAML.' },
  { found: /\bcur(?:e|es|ed|ing)\b/i, instead: 'fix', caught: 'The cause and the cure.' },
  { found: /\banew\b/i, instead: 'again', caught: 'It is built anew.' },
  { found: /\bbears\b/i, instead: 'has', caught: 'The commit bears a digest.' },
  { found: /\banother than\b/i, instead: 'differs from', caught: 'It is another than before.' },
  {
    found: /\b(?:is|are|was|were|be|being) (?:not )?well\b(?![- ](?:as|known|kept|below|above|under|over)\b)/i,
    instead: 'healthy',
    caught: 'The app is well.',
  },
  { found: /\b(?:go|goes|going|went) along\b/i, instead: 'included', caught: 'Its files go along.' },
  { found: /keepsake/i, instead: 'snapshot', caught: 'const keepsakeOf = 1;' },
  {
    found: /\b(?:the|a) versions? before\b(?! (?:it|that|this)\b)/i,
    instead: 'previous version',
    caught: 'The version before serves.',
  },
  { found: /\bputs? (?:[\w-]+ ){0,3}back\b/i, instead: 'roll back, restore', caught: 'It puts the old version back.' },
  { found: /\bputting (?:[\w-]+ ){0,3}back\b/i, instead: 'roll back, restore', caught: 'Putting it back failed.' },
  { found: /\b(?:undo|undoing|undone)\b/i, instead: 'roll back', caught: 'The run was undone.' },
  { found: /\bbring(?:s|ing)? (?:[\w-]+ ){0,3}back\b/i, instead: 'restore', caught: 'It brings the files back.' },
  { found: /bring(?:s|ing)? ?about|brought ?about/i, instead: 'reconcile', caught: 'await bringAbout(plan);' },
  { found: /\bvoice\b/i, instead: 'reporter', caught: 'voice.say(text);' },
  {
    found: /\b(?:whyNotPromoted|refuseSharedDatabase|lacksProof|whatPeopleSee|mayBeTouched|serverWait)\b/,
    instead: 'its name in docs/architecture.md',
    caught: 'if (lacksProof(space)) return;',
  },
];

const FINE = [
  'The app is as well known as it is well-kept.',
  'A version before it, and the bearer of a token.',
  'It is recommended to curl it; procure another one than that.',
  'What goes on is printed, and the trailer Undoes is read.',
];

/** What the Hub, git or another program says in its own words. */
const QUOTED: readonly string[] = [];

/** Pages, code and workflows. The Hub contract quotes others on every line, and this file has the words themselves. */
const READ = ['*.md', '*.ts', '*.cts', '*.js', '*.py', '*.sh', '*.yml', 'package.json'];
const EXEMPT = ['docs/hub-contract.md', '__tests__/contract/words.test.ts'];

const files = execFileSync('git', ['ls-files', '--cached', ...READ], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('dist/') && !EXEMPT.includes(file));

test.each(WORDS)('"$caught" is caught', ({ found, caught }) => {
  expect(caught).toMatch(found);
});

test.each(FINE)('"%s" is fine', (sentence) => {
  expect(WORDS.filter(({ found }) => found.test(sentence))).toEqual([]);
});

test('no text for people has a word that has a plainer one', () => {
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => wordsIn(file, readFileSync(file, 'utf8')))).toEqual([]);
});

/** Where, in a few words, and what to write instead. */
function wordsIn(file: string, content: string): readonly string[] {
  const text = QUOTED.reduce((rest, quoted) => rest.replaceAll(quoted, ''), inOneLine(content));
  return WORDS.flatMap(({ found, instead }) =>
    [...text.matchAll(new RegExp(found, `${found.flags}g`))].map(
      ({ index, 0: word }) =>
        `${file}: …${text.slice(Math.max(0, index - 40), index + word.length + 20)}… (${instead})`,
    ),
  );
}

/** A sentence may go on in the next line of a comment. */
function inOneLine(content: string): string {
  return content.replaceAll(/\n\s*(?:\*(?!\/)|\/\/|#)?\s*/g, ' ');
}
