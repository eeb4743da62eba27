import { expect, test } from '@jest/globals';
import { meaningOf, stageSentence } from '../../../src/hub/stages.ts';

test.each([
  ['BUILDING', 'waiting'],
  ['RUNNING_BUILDING', 'waiting'],
  ['APP_STARTING', 'waiting'],
  ['RUNNING_APP_STARTING', 'waiting'],
  ['RUNNING', 'good'],
  ['NO_APP_FILE', 'bad'],
  ['CONFIG_ERROR', 'bad'],
  ['BUILD_ERROR', 'bad'],
  ['RUNTIME_ERROR', 'bad'],
  ['DELETING', 'bad'],
  ['SLEEPING', 'asleep'],
  ['STOPPED', 'asleep'],
  ['PAUSED', 'asleep'],
])('%s is %s', (stage, kind) => {
  expect(meaningOf(stage)).toEqual({ kind, sentence: expect.stringMatching(/^\S.*[^.]$/) });
});

test.each(['RUNNING_CONTAINER_STARTING', 'UNKNOWN', 'running', '', 'constructor', 'toString', '__proto__'])(
  '%j is not known, and waited out',
  (stage) => {
    expect(meaningOf(stage)).toEqual({ kind: 'waiting', sentence: 'a stage that is not known here; waiting' });
  },
);

test.each([
  ['RUNNING', undefined, 'new', 'running'],
  ['RUNNING', 'abcdef0123', 'new', 'running, serving abcdef0'],
  ['BUILD_ERROR', 'abcdef0123', 'old', 'the build failed, serving abcdef0 (from before this deployment)'],
  ['RUNTIME_ERROR', undefined, 'unclear', 'the app did not start, or ended (not said to be ours yet)'],
] as const)('%s of %s, %s: %s', (stage, sha, standing, sentence) => {
  expect(stageSentence(stage, sha, standing)).toBe(sentence);
});
