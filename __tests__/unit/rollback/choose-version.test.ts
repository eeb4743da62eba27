import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import type { HeadCommit } from '../../../src/hub/history.ts';
import { type Trailers, writeTrailers } from '../../../src/marks/trailers.ts';
import { chooseAgain, chooseVersion } from '../../../src/rollback/choose-version.ts';
import { historyOf } from '../../../src/space/versions.ts';

/** `d1` → forty digits that begin with it. */
const sha = (name: string) => name.padEnd(40, '0');

function commit(name: string, trailers: Trailers): HeadCommit {
  return {
    id: sha(name),
    title: name,
    message: writeTrailers(trailers),
    author: 'me',
    date: '2026-11-28T05:30:00.000Z',
  };
}
const deployed = (name: string, previous?: string) =>
  commit(name, { contentDigest: 'c', previousCommit: previous === undefined ? undefined : sha(previous) });
const rolledBack = (name: string, undoes: string, to?: string) =>
  commit(name, { contentDigest: 'c', undoes: sha(undoes), rolledBackTo: to === undefined ? undefined : sha(to) });
const byHand = (name: string) => commit(name, {});

/** The newest commit last, as people tell it. */
function chosen(to: string | undefined, ...commits: readonly HeadCommit[]): string {
  const { version, others, isRepeated } = chooseVersion('me/app', historyOf(commits.toReversed()), to);
  const more = [...others.map(({ title }) => `without ${title}`), ...(isRepeated ? ['again'] : [])];
  return [version.commit.replace(/0+$/, ''), ...more].join(', ');
}

function refused(to: string | undefined, ...commits: readonly HeadCommit[]): readonly (string | undefined)[] {
  try {
    return [chosen(to, ...commits)];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems.flatMap(({ what, fix }) => [what, fix]);
  }
}

const [one, two, three] = [deployed('d1'), deployed('d2', 'd1'), deployed('d3', 'd2')];

test.each<[string, readonly HeadCommit[], string]>([
  ['the previous deployment', [one, two, three], 'd2'],
  ['not one that failed and was rolled back', [one, two, deployed('d3', 'd2'), rolledBack('b3', 'd3')], 'd1'],
  ['not one that never served', [one, two, deployed('d3', 'd1')], 'd1'],
  [
    'a rollback after a failure, which has the files of a version',
    [one, two, rolledBack('b2', 'd2'), deployed('d3', 'b2')],
    'b2',
  ],
  [
    'what was before a version that such a rollback restored',
    [one, two, deployed('d3', 'd2'), rolledBack('b3', 'd3'), deployed('d4', 'b3'), rolledBack('b4', 'd4')],
    'd1',
  ],
  [
    'the same again after a rollback that somebody asked for',
    [one, two, three, rolledBack('a3', 'd3', 'd2')],
    'd2, again',
  ],
  [
    'the same again although others committed since',
    [one, two, three, rolledBack('a3', 'd3', 'd2'), byHand('e4')],
    'd2, without e4, again',
  ],
  [
    'what such a rollback restored, after the next deployment',
    [one, two, three, rolledBack('a3', 'd3', 'd2'), deployed('d4', 'a3')],
    'a3',
  ],
  [
    'a deployment, where others committed before the newest one',
    [one, byHand('e1'), deployed('d2', 'e1')],
    'd1, without e1',
  ],
  [
    'a deployment, where others committed after the newest one',
    [one, two, byHand('e2'), byHand('e3')],
    'd1, without e3, without e2',
  ],
])('without `to`: %s', (_, commits, version) => {
  expect(chosen(undefined, byHand('e0'), ...commits)).toBe(version);
});

test.each<[string, string, readonly HeadCommit[], string]>([
  ['a whole commit', sha('d1'), [one, two, three], 'd1'],
  ['its first digits', 'd100000', [one, two, three], 'd1'],
  ['one that failed', 'd200000', [one, two, rolledBack('b2', 'd2')], 'd2'],
  ['the newest deployment, where others committed since', 'd200000', [one, two, byHand('e2')], 'd2, without e2'],
  ['one that was restored already', 'd100000', [one, two, rolledBack('a2', 'd2', 'd1')], 'd1, again'],
])('with `to`: %s', (_, to, commits, version) => {
  expect(chosen(to, byHand('e0'), ...commits)).toBe(version);
});

const LISTED = 'Name one of the versions that are listed.';
test.each<[string, string | undefined, readonly HeadCommit[], readonly string[]]>([
  [
    'no deployment at all',
    undefined,
    [byHand('e1')],
    [
      'There is no version to go back to: no commit of this Space was made by a deployment.',
      'Deploy first. What others committed is restored by hand, from the history of the Space.',
    ],
  ],
  [
    'one deployment only',
    undefined,
    [one],
    ['There is no version to go back to: the Space has one deployment only.', 'Fix it and deploy again.'],
  ],
  [
    'one deployment only, with commits of others on top',
    undefined,
    [one, byHand('e1')],
    [
      'There is no version to go back to: the Space has one deployment only.',
      'Fix it and deploy again. To drop what others committed on top of it, set `to: d100000`.',
    ],
  ],
  [
    'nothing that ran before',
    undefined,
    [one, deployed('d2')],
    ['It is not known which version ran before this one.', 'Name the version to go back to in `to`.'],
  ],
  ['an unknown commit', 'abcdef0', [one, two], ['The history of the Space has no commit abcdef0.', LISTED]],
  [
    'the beginning of two commits',
    'd000000',
    [deployed('d0000001'), deployed('d0000002'), two],
    [`d000000 is the beginning of 2 commits: ${sha('d0000002')}, ${sha('d0000001')}.`, 'Give more digits.'],
  ],
  [
    'the newest commit',
    sha('d2'),
    [one, two],
    [`${sha('d2')} is the newest commit: the Space has this version already.`, LISTED],
  ],
  [
    'a commit of somebody else',
    'e100000',
    [one, byHand('e1'), two],
    ['e100000 is no version: that commit was not made by a deployment.', LISTED],
  ],
])('refused: %s', (_, to, commits, problem) => {
  expect(refused(to, byHand('e0'), ...commits)).toEqual(problem);
});

test('a refusal lists the versions that there are', () => {
  const history = historyOf([
    byHand('e3'),
    rolledBack('b2', 'd2'),
    commit('d2', {
      contentDigest: 'c',
      sourceCommit: 'abcdef0123',
      runUrl: 'https://github.com/me/repo/actions/runs/1',
    }),
    one,
  ]);
  try {
    chooseVersion('me/app', history, 'fffffff');
    throw new Error('it is refused');
  } catch (error) {
    expect((error as Failure).problems).toEqual([
      {
        where: 'input `to`',
        what: 'The history of the Space has no commit fffffff.',
        fix: LISTED,
        evidence: [
          'b200000  2026-11-28 05:30  rollback',
          'd200000  2026-11-28 05:30  deployment of abcdef0  https://github.com/me/repo/actions/runs/1',
          'd100000  2026-11-28 05:30  deployment',
        ],
      },
    ]);
  }
});

test('a version that was chosen stays chosen, whatever is deployed in between', () => {
  const history = historyOf([deployed('d4', 'd3'), three, two, one]);
  expect(chooseAgain(history, sha('d2'))).toMatchObject({ version: { commit: sha('d2') }, isRepeated: false });
  expect(chooseAgain(history, sha('d9'))).toBe(undefined);
});
