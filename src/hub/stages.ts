/**
 * What each stage means for a deployment (hub-contract §13.2): the only place in which stages are spelled.
 *
 * - `building`, `starting`: on the way; wait
 * - `running`: the app answers
 * - `asleep`: at rest; a restart wakes it
 * - `paused`: at rest until its owner restarts it
 * - `build-failed`: the build of a commit ended badly
 * - `not-built`: the Hub looked at the commit and did not begin to build
 * - `start-failed`: it was built, and did not start or has ended
 * - `deleting`: it will be gone
 * - `unknown`: not in the table; wait, and show it as the Hub spells it
 */
export type Condition =
  | 'building'
  | 'starting'
  | 'running'
  | 'asleep'
  | 'paused'
  | 'build-failed'
  | 'not-built'
  | 'start-failed'
  | 'deleting'
  | 'unknown';

interface StageMeaning {
  readonly condition: Condition;
  /** Whether a version answers meanwhile. */
  readonly serves: boolean;
  readonly sentence: string;
}

const entry = (condition: Condition, serves: boolean, sentence: string): StageMeaning => ({
  condition,
  serves,
  sentence,
});

const STAGES: Readonly<Record<string, StageMeaning>> = {
  BUILDING: entry('building', false, 'building; nothing serves yet'),
  RUNNING_BUILDING: entry('building', true, 'building; the old version serves meanwhile'),
  APP_STARTING: entry('starting', false, 'built; waiting for the app to open its port'),
  RUNNING_APP_STARTING: entry('starting', true, 'built; the old version serves until the new one is ready'),
  RUNNING: entry('running', true, 'running'),
  SLEEPING: entry('asleep', false, 'asleep; a restart wakes it'),
  STOPPED: entry('asleep', false, 'stopped; a restart starts it'),
  PAUSED: entry('paused', false, 'paused; only a restart resumes it'),
  NO_APP_FILE: entry('not-built', false, 'the Hub finds no app in the Space'),
  CONFIG_ERROR: entry('not-built', false, 'the Space is configured in a way that the Hub cannot run'),
  BUILD_ERROR: entry('build-failed', false, 'the build failed'),
  RUNTIME_ERROR: entry('start-failed', false, 'the app did not start, or ended'),
  DELETING: entry('deleting', false, 'the Space is being deleted'),
};

const UNKNOWN = entry('unknown', false, 'a stage that is not known here; waiting');

/** What the Hub's answer is taken to say when it names no stage. */
export const NO_STAGE = 'UNKNOWN';

export function conditionOf(stage: string): Condition {
  return meaningOf(stage).condition;
}

export function isBuilding(stage: string): boolean {
  return conditionOf(stage) === 'building';
}

export function isStarting(stage: string): boolean {
  return conditionOf(stage) === 'starting';
}

/** Whether it is neither at its goal nor at an end: a later look will say more. */
export function isOnItsWay(stage: string): boolean {
  return isBuilding(stage) || isStarting(stage) || conditionOf(stage) === 'unknown';
}

export function isRunning(stage: string): boolean {
  return conditionOf(stage) === 'running';
}

/** Whether a version answers, though another one may be on its way. */
export function isServing(stage: string): boolean {
  return meaningOf(stage).serves;
}

/** Whether it rests and a visit wakes it. */
export function isAsleep(stage: string): boolean {
  return conditionOf(stage) === 'asleep';
}

/** Whether it rests until somebody restarts it. */
export function isPaused(stage: string): boolean {
  return conditionOf(stage) === 'paused';
}

/** Whether nothing will change by itself any more, and the newest version does not run. */
export function isFailed(stage: string): boolean {
  return ['build-failed', 'not-built', 'start-failed', 'deleting'].includes(conditionOf(stage));
}

export function hasFailedToBuild(stage: string): boolean {
  return conditionOf(stage) === 'build-failed';
}

/** Whether the Hub refused the commit before any build, so that no build log tells of it. */
export function wasNeverBuilt(stage: string): boolean {
  return conditionOf(stage) === 'not-built';
}

export function hasFailedToStart(stage: string): boolean {
  return conditionOf(stage) === 'start-failed';
}

/** Whether there is nothing in the Space that could run, as in one that was just created. */
export function isEmpty(stage: string): boolean {
  return stage === 'NO_APP_FILE';
}

/** A stage in words. */
export function stageMeaning(stage: string): string {
  return meaningOf(stage).sentence;
}

const RELATION = {
  new: '',
  old: ' (from before this deployment)',
  unclear: ' (perhaps of an earlier version)',
} as const;

/** A stage for people: what it means, which commit answers meanwhile, and whether it is about this deployment. */
export function stageSentence(stage: string, sha: string | undefined, relation: keyof typeof RELATION): string {
  // While the next version is on its way, its sentence says already that the old one serves.
  const serves = sha === undefined || isBuilding(stage) || isStarting(stage) ? '' : `, serving ${sha.slice(0, 7)}`;
  return `${stageMeaning(stage)}${serves}${RELATION[relation]}`;
}

function meaningOf(stage: string): StageMeaning {
  return (Object.hasOwn(STAGES, stage) ? STAGES[stage] : undefined) ?? UNKNOWN;
}
