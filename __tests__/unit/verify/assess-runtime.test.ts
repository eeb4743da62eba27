import { expect, test } from '@jest/globals';
import { type Assessment, assessRuntime, type Observation } from '../../../src/verify/assess-runtime.ts';

const OURS = 'a'.repeat(40);
const OLD = 'b'.repeat(40);
const RUNNING: Assessment = { kind: 'running' };
const WAITING: Assessment = { kind: 'waiting' };
const FAILED: Assessment = { kind: 'failed' };
const WAKE: Assessment = { kind: 'restart', factory: false, reason: 'asleep; a restart wakes it' };

const RESTART: Assessment = {
  kind: 'restart',
  factory: false,
  reason: 'nothing showed that the app restarted with its new settings',
};
const NOT_BUILT: Assessment = { kind: 'not-built', sha: OLD };

/** Half a minute after our commit on a Space that ran another one. */
const watchOf = (values: Partial<Observation> = {}): Observation => ({
  commit: OURS,
  before: { stage: 'RUNNING', sha: OLD },
  wrote: 'commit',
  sinceWriteMs: 30_000,
  unchangedMs: 10_000,
  moved: true,
  begun: true,
  isNewStart: false,
  hubRefusedImage: false,
  restarts: 0,
  sinceRestartMs: 30_000,
  ...values,
});
/** Half a minute after a change of settings, which nothing has shown to have arrived. */
const settings = (values: Partial<Observation> = {}) =>
  watchOf({ wrote: 'settings', before: { stage: 'RUNNING', sha: OURS }, moved: false, begun: false, ...values });
const logOf = (commit: string, ageMs = 1_000) => ({ log: { commit: commit.slice(0, 7), ageMs } });
/** The static kind has no commit that runs. */
const { commit: _, ...staticWatch } = watchOf();

test.each(['BUILDING', 'RUNNING_BUILDING', 'APP_STARTING', 'RUNNING_APP_STARTING', 'SOMETHING_NEW', 'constructor'])(
  '%s is waited out, whatever was written',
  (stage) => {
    const watches = (['commit', 'settings', 'nothing'] as const).map((wrote) => watchOf({ wrote }));
    expect(watches.map((observation) => assessRuntime(observation, { stage, sha: OURS }))).toEqual([
      WAITING,
      WAITING,
      WAITING,
    ]);
  },
);

test.each<[string, Observation, string | undefined, Assessment]>([
  ['our commit', watchOf(), OURS, RUNNING],
  [
    'our commit, before anything was seen to move',
    watchOf({ moved: false, begun: false, sinceWriteMs: 0 }),
    OURS,
    RUNNING,
  ],
  ['the old commit', watchOf(), OLD, WAITING],
  ['the old commit, long after', watchOf({ sinceWriteMs: 3_600_000, unchangedMs: 15_000 }), OLD, NOT_BUILT],
  ['no commit at all', watchOf(), undefined, WAITING],
  ['our commit, when nothing was written', watchOf({ wrote: 'nothing', moved: false }), OURS, RUNNING],
  ['another commit, when nothing was written', watchOf({ wrote: 'nothing', moved: false }), OLD, NOT_BUILT],
  ['another commit, when nothing was written but a restart', watchOf({ wrote: 'nothing', restarts: 1 }), OLD, WAITING],
  ['the old commit, with the log of our build', watchOf({ ...logOf(OURS), unchangedMs: 99_000 }), OLD, WAITING],
  ['the old commit, with the log of another build', watchOf({ ...logOf(OLD), unchangedMs: 15_000 }), OLD, NOT_BUILT],
  ['the old commit, that just came', watchOf({ unchangedMs: 14_999 }), OLD, WAITING],
  ['the old commit, when ours was just made', watchOf({ unchangedMs: 99_000, sinceWriteMs: 14_999 }), OLD, WAITING],
  ['our commit, after settings: the old process may answer', settings({ sinceWriteMs: 24_999 }), OURS, WAITING],
  ['our commit, after settings that nothing showed to be there', settings(), OURS, RESTART],
  ['our commit, after settings and our own restart', settings({ restarts: 1 }), OURS, WAITING],
  ['our commit, after settings and a move of the stage', settings({ moved: true, sinceWriteMs: 1_000 }), OURS, RUNNING],
  ['our commit, after settings, from a new process', settings({ isNewStart: true, sinceWriteMs: 1 }), OURS, RUNNING],
  [
    'our commit, after settings of a Space that was starting anyway',
    settings({ before: { stage: 'RUNNING_APP_STARTING', sha: OURS }, moved: true, sinceWriteMs: 1_000 }),
    OURS,
    WAITING,
  ],
  [
    'our commit, after settings of a Space that was asleep',
    settings({ before: { stage: 'SLEEPING' }, moved: true, sinceWriteMs: 1_000 }),
    OURS,
    RUNNING,
  ],
  ['another commit, after settings', settings({ moved: true }), OLD, WAITING],
  [
    'another commit, which served before the settings, too: ours was never built',
    settings({ before: { stage: 'RUNNING', sha: OLD }, unchangedMs: 15_000, log: undefined }),
    OLD,
    { kind: 'not-built', sha: OLD },
  ],
  ['a static Space', staticWatch, undefined, RUNNING],
])('RUNNING with %s', (_, observation, sha, judgement) => {
  expect(assessRuntime(observation, { stage: 'RUNNING', ...(sha === undefined ? {} : { sha }) })).toEqual(judgement);
});

const wasBad = (stage: string, values: Partial<Observation> = {}) =>
  watchOf({ before: { stage }, moved: false, begun: false, ...values });

test.each<[string, string, Observation, Assessment]>([
  ['after our build began', 'BUILD_ERROR', watchOf(logOf(OURS)), FAILED],
  ['after our build began, without a log to read', 'BUILD_ERROR', watchOf(), FAILED],
  ['after our app started', 'RUNTIME_ERROR', watchOf(logOf(OURS)), FAILED],
  ['with the log of another build', 'BUILD_ERROR', watchOf(logOf(OLD)), WAITING],
  ['of the start of another build', 'RUNTIME_ERROR', watchOf(logOf(OLD)), WAITING],
  [
    'with the log of another build, for too long',
    'BUILD_ERROR',
    watchOf({ ...logOf(OLD), sinceWriteMs: 300_000 }),
    FAILED,
  ],
  ['that came just now, without a log to read', 'BUILD_ERROR', watchOf({ sinceWriteMs: 14_999 }), WAITING],
  ['from before', 'BUILD_ERROR', wasBad('BUILD_ERROR'), WAITING],
  ['from before, with our log just begun', 'BUILD_ERROR', wasBad('BUILD_ERROR', logOf(OURS, 14_999)), WAITING],
  ['from before, that our log outlived', 'BUILD_ERROR', wasBad('BUILD_ERROR', logOf(OURS, 15_000)), FAILED],
  ['from before, for too long', 'RUNTIME_ERROR', wasBad('RUNTIME_ERROR', { sinceWriteMs: 300_000 }), FAILED],
  ['from before, not yet for too long', 'RUNTIME_ERROR', wasBad('RUNTIME_ERROR', { sinceWriteMs: 299_999 }), WAITING],
  [
    'from before, when nothing was written',
    'CONFIG_ERROR',
    wasBad('CONFIG_ERROR', { wrote: 'nothing', sinceWriteMs: 0 }),
    FAILED,
  ],
  [
    'from before, just after settings',
    'CONFIG_ERROR',
    wasBad('CONFIG_ERROR', { wrote: 'settings', sinceWriteMs: 24_999 }),
    WAITING,
  ],
  [
    'from before, a while after settings and a restart',
    'CONFIG_ERROR',
    wasBad('CONFIG_ERROR', { wrote: 'settings', sinceWriteMs: 25_000, restarts: 1 }),
    FAILED,
  ],
  ['after settings', 'RUNTIME_ERROR', watchOf({ wrote: 'settings', sinceWriteMs: 1_000 }), FAILED],
  [
    'again, after a build was seen',
    'BUILD_ERROR',
    watchOf({ before: { stage: 'BUILD_ERROR' }, ...logOf(OURS) }),
    FAILED,
  ],
  ['of a Space that loses its app', 'NO_APP_FILE', watchOf(logOf(OURS)), FAILED],
  ['that no build precedes, with the log of another build', 'CONFIG_ERROR', watchOf(logOf(OLD)), FAILED],
  ['that no build precedes, of an app that is not there', 'NO_APP_FILE', watchOf(logOf(OLD)), FAILED],
  [
    'that no build precedes, just after our write',
    'CONFIG_ERROR',
    watchOf({ ...logOf(OLD), sinceWriteMs: 14_999 }),
    WAITING,
  ],
  ['that no build precedes, from before', 'CONFIG_ERROR', wasBad('CONFIG_ERROR', logOf(OLD)), WAITING],
  ['of a Space that is deleted', 'DELETING', watchOf(), FAILED],
])('an error %s: %s', (_, stage, observation, judgement) => {
  expect(assessRuntime(observation, { stage })).toEqual(judgement);
});

test.each([
  ['CONFIG_ERROR', false],
  ['RUNTIME_ERROR', false],
  ['BUILD_ERROR', true],
])('%s that a change of settings did not end: one restart (factory: %s)', (stage, factory) => {
  const reason = 'the change of settings did not end the error that was there before';
  expect(assessRuntime(wasBad(stage, { wrote: 'settings', sinceWriteMs: 25_000 }), { stage })).toEqual({
    kind: 'restart',
    factory,
    reason,
  });
});

const trouble = (message: string): Assessment => ({
  kind: 'restart',
  factory: true,
  reason: `${message}, which is often a failure of the Hub itself`,
});

test.each<[string, string, Observation, Assessment]>([
  [
    'BUILD_ERROR',
    'Job failed with exit code: 128. Reason: Error',
    watchOf(logOf(OURS)),
    trouble('Job failed with exit code: 128. Reason: Error'),
  ],
  [
    'RUNTIME_ERROR',
    'Scheduling failure: unable to schedule',
    watchOf(logOf(OURS)),
    trouble('Scheduling failure: unable to schedule'),
  ],
  [
    'RUNTIME_ERROR',
    'Scheduling failure: not enough hardware capacity',
    watchOf(logOf(OURS)),
    trouble('Scheduling failure: not enough hardware capacity'),
  ],
  ['BUILD_ERROR', 'Job failed with exit code: 128. Reason: Error', watchOf({ ...logOf(OURS), restarts: 1 }), FAILED],
  ['BUILD_ERROR', 'Job failed with exit code: 128. Reason: Error', wasBad('BUILD_ERROR'), WAITING],
  ['BUILD_ERROR', 'Job failed with exit code: 1280', watchOf(logOf(OURS)), FAILED],
  ['BUILD_ERROR', 'Job failed with exit code: 137', watchOf(logOf(OURS)), FAILED],
])('%s because of %j', (stage, errorMessage, observation, judgement) => {
  expect(assessRuntime(observation, { stage, errorMessage })).toEqual(judgement);
});

const REGISTRY: Assessment = {
  kind: 'restart',
  factory: true,
  reason: "the Hub's own registry did not take the image",
};

test.each<[string, string, string, Observation, Assessment]>([
  ['its words', 'BUILD_ERROR', 'Unexpected job error', watchOf(logOf(OURS)), REGISTRY],
  [
    'the log',
    'BUILD_ERROR',
    'Job failed with exit code: 1',
    watchOf({ ...logOf(OURS), hubRefusedImage: true }),
    REGISTRY,
  ],
  ['the log, again', 'BUILD_ERROR', '', watchOf({ ...logOf(OURS), hubRefusedImage: true, restarts: 1 }), FAILED],
  ['the log of another build', 'BUILD_ERROR', '', watchOf({ ...logOf(OLD), hubRefusedImage: true }), WAITING],
  ['the log of an app that ended', 'RUNTIME_ERROR', '', watchOf({ ...logOf(OURS), hubRefusedImage: true }), FAILED],
])("the Hub's own registry refused the image, by %s", (_, stage, errorMessage, observation, judgement) => {
  expect(assessRuntime(observation, { stage, errorMessage })).toEqual(judgement);
});

test.each<[string, string, Observation, Assessment]>([
  ['just after a commit: it wakes by itself', 'SLEEPING', watchOf({ moved: false, sinceWriteMs: 2_999 }), WAITING],
  ['that a commit did not wake', 'SLEEPING', watchOf({ moved: false, sinceWriteMs: 3_000 }), WAKE],
  ['again after it moved', 'SLEEPING', watchOf({ sinceWriteMs: 1_000 }), WAKE],
  [
    'just after we restarted it',
    'SLEEPING',
    watchOf({ wrote: 'settings', moved: false, sinceWriteMs: 2_999 }),
    WAITING,
  ],
  ['that a restart did not wake', 'SLEEPING', watchOf({ wrote: 'settings', moved: false, sinceWriteMs: 3_000 }), WAKE],
  ['when nothing was written', 'SLEEPING', watchOf({ wrote: 'nothing', moved: false, sinceWriteMs: 0 }), WAKE],
  ['just after a restart', 'SLEEPING', watchOf({ restarts: 1, sinceRestartMs: 59_999 }), WAITING],
  ['long after a restart', 'SLEEPING', watchOf({ restarts: 1, sinceRestartMs: 60_000 }), WAKE],
  [
    'by its owner',
    'PAUSED',
    watchOf(),
    { kind: 'restart', factory: false, reason: 'paused; only a restart resumes it' },
  ],
  ['and stopped', 'STOPPED', watchOf(), { kind: 'restart', factory: false, reason: 'stopped; a restart starts it' }],
])('asleep %s (%s)', (_, stage, observation, judgement) => {
  expect(assessRuntime(observation, { stage })).toEqual(judgement);
});

test('what the Hub paused as abusive is not restarted', () => {
  expect(assessRuntime(watchOf(), { stage: 'PAUSED', errorMessage: 'Flagged as abusive' })).toEqual(FAILED);
});
