import { expect, test } from '@jest/globals';
import { writePreviousSettings } from '../../../src/marks/previous-settings.ts';
import { type PreviousVariables, writePreviousVariables } from '../../../src/marks/previous-variables.ts';
import type { Trailers } from '../../../src/marks/trailers.ts';
import { writeTrailers } from '../../../src/marks/trailers.ts';
import { settingsThen } from '../../../src/rollback/settings-then.ts';
import { historyOf } from '../../../src/space/versions.ts';

/** What a later commit says: all settings before it, and what it changed. */
const said = (
  variables: Readonly<Record<string, string | null>> | undefined,
  changed: PreviousVariables = {},
  more: Trailers = {},
): Trailers => ({
  contentDigest: 'c',
  previousSettings: variables === undefined ? undefined : writePreviousSettings({ variables, secrets: ['S'] }),
  previousVariables: writePreviousVariables(changed),
  ...more,
});
const RESTORED: Trailers = { contentDigest: 'c', undoes: '9'.repeat(40) };

/** The settings before all of these commits, newest first. */
function before(...later: readonly Trailers[]) {
  const { versions } = historyOf(later.map((trailers) => ({ id: 'x', title: '', message: writeTrailers(trailers) })));
  const then = settingsThen(
    { later: versions },
    {
      variables: new Map([
        ['APP_ENV', { value: 'staging' }],
        ['A', { value: 'now' }],
        ['B', { value: 'now' }],
      ]),
      secrets: new Map([['NOW', {}]]),
    },
  );
  return {
    ...then,
    variables: Object.fromEntries(then.variables),
    setSince: [...then.setSince],
    secrets: then.secrets && [...then.secrets],
  };
}

const WHOLE = { unrecorded: [], setSince: [], isWhole: true, secrets: ['S'] };

test.each([
  ['no later version: those of now', [], { ...WHOLE, variables: { A: 'now', B: 'now' }, secrets: ['NOW'] }],
  [
    'the next version says all',
    [said({ A: '1', APP_ENV: 'staging' }, { A: '1', B: null })],
    { ...WHOLE, variables: { A: '1' }, setSince: ['B'] },
  ],
  [
    'the oldest of several counts',
    [said({ A: '2' }), said({ A: '1', C: '1' })],
    { ...WHOLE, variables: { A: '1', C: '1' } },
  ],
  ['a value is not recorded', [said({ A: '1', KEY: null })], { ...WHOLE, variables: { A: '1' }, unrecorded: ['KEY'] }],
  ['a value is recorded elsewhere', [said({ A: null }, { A: '1' })], { ...WHOLE, variables: { A: '1' } }],
  [
    'older releases say what they changed',
    [said(undefined, { A: '2' }), said(undefined, { A: '1', B: null })],
    { unrecorded: [], setSince: ['B'], isWhole: false, secrets: undefined, variables: { A: '1' } },
  ],
  [
    'a newer release before an older one',
    [said({ A: '2', B: '2' }), said(undefined, { A: '1' })],
    { unrecorded: [], setSince: [], isWhole: false, secrets: undefined, variables: { A: '1', B: '2' } },
  ],
  [
    'a version that failed and its rollback',
    [RESTORED, said({ A: '1' }, { A: '1' })],
    { ...WHOLE, variables: { A: '1' } },
  ],
  [
    'what that version ran with itself is not known',
    [RESTORED],
    { unrecorded: [], setSince: [], isWhole: false, secrets: undefined, variables: { A: 'now', B: 'now' } },
  ],
  [
    'a rollback that somebody asked for',
    [said({ A: '3' }, { A: '3' }, { undoes: '8', rolledBackTo: '7' })],
    { ...WHOLE, variables: { A: '3' } },
  ],
])('%s', (_, later, settings) => {
  expect(before(...later)).toEqual(settings);
});
