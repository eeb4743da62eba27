import { expect, test } from '@jest/globals';
import { readTrailers, type Trailers, writeTrailers } from '../../../src/marks/trailers.ts';

const ALL: Trailers = {
  sourceCommit: 'a'.repeat(40),
  sourceUrl: `https://github.com/acme/app/commit/${'a'.repeat(40)}`,
  runUrl: 'https://github.com/acme/app/actions/runs/42',
  runId: '42',
  environment: 'production',
  sourceDigest: 'b'.repeat(64),
  contentDigest: 'c'.repeat(64),
};

test('trailers as git writes them, in one order', () => {
  expect(writeTrailers({ contentDigest: 'c', runId: '42', environment: 'staging' })).toBe(
    'Run-Id: 42\nEnvironment: staging\nContent-Digest: c',
  );
});

test.each([
  ['all of them', ALL],
  ['some of them', { environment: 'staging', contentDigest: 'c' }],
  ['none', {}],
])('%s come back as they were written', (_, values) => {
  expect(readTrailers(writeTrailers(values))).toEqual(values);
});

test('what is undefined is not written', () => {
  expect(writeTrailers({ sourceCommit: undefined, runId: '1' })).toBe('Run-Id: 1');
});

test('a value cannot start another trailer', () => {
  expect(writeTrailers({ environment: 'a\nRun-Id: 99' })).toBe('Environment: a Run-Id: 99');
});

test.each([
  [
    'a whole message',
    'Deploy abc\n\nSome words: more words.\n\nRun-Id: 42\nEnvironment: staging\n',
    { runId: '42', environment: 'staging' },
  ],
  ['Windows line ends', 'Run-Id: 42\r\nEnvironment: staging\r\n', { runId: '42', environment: 'staging' }],
  ['a name in the middle of a line', 'see Run-Id: 42', {}],
  ['another spelling', 'run-id: 42\nRun-Id:42', {}],
  ['somebody else', 'Upload app.py with huggingface_hub', {}],
  ['trailers of others', 'Co-authored-by: x\nSigned-off-by: y\nConstructor: z', {}],
  ['nothing', '', {}],
])('%s', (_, message, trailers) => {
  expect(readTrailers(message)).toEqual(trailers);
});

const COMMIT = 'd'.repeat(40);

test.each([
  ['the ids of commits', COMMIT, { previousCommit: COMMIT, undoes: COMMIT, rolledBackTo: COMMIT }],
  ['a way to another address of the Hub', '../../../../api/whoami-v2?', {}],
  ['a branch', 'main', {}],
  ['a short id', 'ddddddd', {}],
])('commits that the Hub is asked for, as somebody else may have written them: %s', (_, said, trailers) => {
  expect(readTrailers(`Previous-Commit: ${said}\nUndoes: ${said}\nRolled-Back-To: ${said}`)).toEqual(trailers);
});
