/** What a stage means for a deployment. An unknown one is waited out, and shown as the Hub spells it (hub-contract §13.2). */
export interface StageMeaning {
  readonly kind: 'waiting' | 'good' | 'bad' | 'asleep';
  readonly sentence: string;
}

const STAGES: Readonly<Record<string, StageMeaning>> = {
  BUILDING: { kind: 'waiting', sentence: 'building; nothing serves yet' },
  RUNNING_BUILDING: { kind: 'waiting', sentence: 'building; the old version serves meanwhile' },
  APP_STARTING: { kind: 'waiting', sentence: 'built; waiting for the app to open its port' },
  RUNNING_APP_STARTING: { kind: 'waiting', sentence: 'built; the old version serves until the new one is ready' },
  RUNNING: { kind: 'good', sentence: 'running' },
  NO_APP_FILE: { kind: 'bad', sentence: 'the Hub finds no app in the Space' },
  CONFIG_ERROR: { kind: 'bad', sentence: 'the Space is configured in a way that the Hub cannot run' },
  BUILD_ERROR: { kind: 'bad', sentence: 'the build failed' },
  RUNTIME_ERROR: { kind: 'bad', sentence: 'the app did not start, or ended' },
  DELETING: { kind: 'bad', sentence: 'the Space is being deleted' },
  SLEEPING: { kind: 'asleep', sentence: 'asleep; a restart wakes it' },
  STOPPED: { kind: 'asleep', sentence: 'stopped; a restart starts it' },
  PAUSED: { kind: 'asleep', sentence: 'paused; only a restart resumes it' },
};

const STANDING = { new: '', old: ' (from before this deployment)', unclear: ' (not said to be ours yet)' } as const;

/** A stage for people: what it means, which commit serves meanwhile, and whether it is about this deployment. */
export function stageSentence(stage: string, sha: string | undefined, standing: keyof typeof STANDING): string {
  const serves = sha === undefined ? '' : `, serving ${sha.slice(0, 7)}`;
  return `${meaningOf(stage).sentence}${serves}${STANDING[standing]}`;
}

export function meaningOf(stage: string): StageMeaning {
  const known = Object.hasOwn(STAGES, stage) ? STAGES[stage] : undefined;
  return known ?? { kind: 'waiting', sentence: 'a stage that is not known here; waiting' };
}
