import { expect, test } from '@jest/globals';
import {
  conditionOf,
  hasFailedToBuild,
  hasFailedToStart,
  isAsleep,
  isBuilding,
  isEmpty,
  isFailed,
  isOnItsWay,
  isPaused,
  isRunning,
  isServing,
  isStarting,
  stageMeaning,
  stageSentence,
  wasNeverBuilt,
} from '../../../src/hub/stages.ts';

const PREDICATES = {
  isBuilding,
  isStarting,
  isOnItsWay,
  isRunning,
  isServing,
  isAsleep,
  isPaused,
  isFailed,
  hasFailedToBuild,
  wasNeverBuilt,
  hasFailedToStart,
  isEmpty,
};

/** The names of all predicates that are true of a stage. */
const truthsOf = (stage: string) =>
  Object.entries(PREDICATES).flatMap(([name, predicate]) => (predicate(stage) ? [name] : []));

test.each([
  ['BUILDING', 'building', ['isBuilding', 'isOnItsWay']],
  ['RUNNING_BUILDING', 'building', ['isBuilding', 'isOnItsWay', 'isServing']],
  ['APP_STARTING', 'starting', ['isStarting', 'isOnItsWay']],
  ['RUNNING_APP_STARTING', 'starting', ['isStarting', 'isOnItsWay', 'isServing']],
  ['RUNNING', 'running', ['isRunning', 'isServing']],
  ['SLEEPING', 'asleep', ['isAsleep']],
  ['STOPPED', 'asleep', ['isAsleep']],
  ['PAUSED', 'paused', ['isPaused']],
  ['NO_APP_FILE', 'not-built', ['isFailed', 'wasNeverBuilt', 'isEmpty']],
  ['CONFIG_ERROR', 'not-built', ['isFailed', 'wasNeverBuilt']],
  ['BUILD_ERROR', 'build-failed', ['isFailed', 'hasFailedToBuild']],
  ['RUNTIME_ERROR', 'start-failed', ['isFailed', 'hasFailedToStart']],
  ['DELETING', 'deleting', ['isFailed']],
])('%s is %s', (stage, condition, truths) => {
  expect([conditionOf(stage), truthsOf(stage), stageMeaning(stage)]).toEqual([
    condition,
    truths,
    expect.stringMatching(/^\S.*[^.]$/),
  ]);
});

test.each(['RUNNING_CONTAINER_STARTING', 'UNKNOWN', 'running', '', 'constructor', 'toString', '__proto__'])(
  '%j is not known, and waited out',
  (stage) => {
    expect([conditionOf(stage), truthsOf(stage), stageMeaning(stage)]).toEqual([
      'unknown',
      ['isOnItsWay'],
      'a stage that is not known here; waiting',
    ]);
  },
);

test.each([
  ['RUNNING', undefined, 'new', 'running'],
  ['RUNNING', 'abcdef0123', 'new', 'running, serving abcdef0'],
  ['RUNNING_BUILDING', 'abcdef0123', 'new', 'building; the old version serves meanwhile'],
  ['BUILD_ERROR', 'abcdef0123', 'old', 'the build failed, serving abcdef0 (from before this deployment)'],
  ['RUNTIME_ERROR', undefined, 'unclear', 'the app did not start, or ended (perhaps of an earlier version)'],
] as const)('%s of %s, %s: %s', (stage, sha, relation, sentence) => {
  expect(stageSentence(stage, sha, relation)).toBe(sentence);
});
