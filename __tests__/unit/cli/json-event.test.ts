import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import { exitCodeOf } from '../../../src/cli/exit-code.ts';
import { jsonFields, jsonLine } from '../../../src/cli/json-event.ts';

const redact = (text: string) => text.replaceAll('deployed', '***').replaceAll('s3cret', '***');
const problem = { what: 'It has s3cret in it.' };

test('a line is JSON with its version and time, and each text is redacted alone; words of ours stay', () => {
  const failure = new Failure('health', problem);
  const line = jsonLine(jsonFields({ kind: 'ended', result: 'deployed', failure }), 0, redact);
  expect(JSON.parse(line)).toEqual({
    version: 1,
    time: '1970-01-01T00:00:00.000Z',
    event: 'ended',
    result: 'deployed',
    exitCode: 1,
    failure: { kind: 'health', problems: [{ what: 'It has *** in it.' }] },
  });
});

test('a secret that is a word of ours in a plan does not break the line, either', () => {
  const plan = { edits: { files: [{ path: 'deployed.txt', edit: 'deployed' }] } };
  const line = jsonLine({ event: 'planned', plan }, 0, redact);
  expect(JSON.parse(line).plan).toEqual({ edits: { files: [{ path: '***.txt', edit: 'deployed' }] } });
});

test.each([
  ['health', 1],
  ['interrupted', 1],
  ['refused', 1],
  ['inputs', 2],
  ['unconfirmed', 2],
] as const)('a run that fails for %s ends with %d', (kind, exitCode) => {
  expect(exitCodeOf({ failure: new Failure(kind, problem) })).toBe(exitCode);
});

test('a run that went well ends with 0', () => {
  expect(exitCodeOf({})).toBe(0);
});
