import { isSameHardware, NEVER } from '../inputs/hardware.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { VISIBILITIES } from '../inputs/visibility.ts';
import { areSameVolumes, type Volume } from '../inputs/volumes.ts';
import type { Step, StepOf } from '../plan/plan.ts';
import { AS_BEFORE, type ReverseStep, reversalOf } from '../plan/step-kinds.ts';
import type { Snapshot } from '../space/snapshot.ts';
import type { RemoteFile, Runtime, StoredSetting } from '../space/space-state.ts';

/** What makes one tree of the other: files to fetch from history, large ones by reference, and files to delete. */
export interface TreeRestoration {
  readonly fetched: readonly RemoteFile[];
  readonly byReference: readonly RemoteFile[];
  readonly deleted: readonly RemoteFile[];
}

/** The way from the tree that is there to the one that was. Pure. */
export function planTreeRestoration(
  was: ReadonlyMap<string, RemoteFile>,
  is: ReadonlyMap<string, RemoteFile>,
): TreeRestoration {
  const differing = [...was.values()].filter(({ path, oid }) => is.get(path)?.oid !== oid);
  return {
    fetched: differing.filter(({ lfs }) => lfs === undefined),
    byReference: differing.filter(({ lfs }) => lfs !== undefined),
    deleted: [...is.values()].filter(({ path }) => !was.has(path)),
  };
}

export type SettingStep = StepOf<'set-variable' | 'delete-variable' | 'delete-secret'> | ReverseStep;

/** Secrets whose previous value is lost, by name. */
export interface LostSecrets {
  readonly overwritten: readonly string[];
  readonly deleted: readonly string[];
}

export interface SettingsRestoration {
  readonly steps: readonly SettingStep[];
  readonly lost: LostSecrets;
  /** What the run changed and somebody else changed again since: names of settings, `hardware`, `sleep-time`. */
  readonly kept: readonly string[];
}

/** The settings of a Space at the time of a rollback. */
export interface SettingsNow {
  readonly variables: ReadonlyMap<string, StoredSetting>;
  /** Names of secrets that no longer have the value that the run set. */
  readonly foreignSecrets: ReadonlySet<string>;
  readonly runtime: Pick<Runtime, 'hardware' | 'sleepSeconds'>;
  /** What is mounted, where the run mounted something; `of-others` where it cannot be what the run mounted. */
  readonly volumes?: readonly Volume[] | 'of-others' | undefined;
}

/**
 * Restores the settings that the run changed, or a killed attempt of it, and that are still as it left them: what
 * somebody else set in the meantime is theirs. Pure.
 */
export function planSettingsRestoration(
  snapshot: Snapshot,
  done: readonly Step[],
  now: SettingsNow,
): SettingsRestoration {
  const changed = changedSettings(done, snapshot);
  const isOurs = {
    variable: (name: string) => now.variables.get(name)?.value === valueSet(name, done, snapshot),
    secret: (name: string) => !now.foreignSecrets.has(name),
    reverse: (step: ReverseStep) => isStillSo(step, now),
  };
  const secrets = changed.secrets.filter(isOurs.secret);
  return {
    steps: [
      ...changed.reversed.filter(isOurs.reverse),
      ...secrets
        .filter((name) => !snapshot.secrets.has(name))
        .map((name) => ({ kind: 'delete-secret', name, reason: AS_BEFORE }) as const),
      ...changed.variables.filter(isOurs.variable).flatMap((name) => restoreVariable(snapshot, now.variables, name)),
    ],
    lost: lostSecrets(snapshot, done, secrets),
    kept: [
      ...changed.reversed.filter((step) => !isOurs.reverse(step)).map(({ kind }) => kind.replace('set-', '')),
      ...changed.variables.filter((name) => !isOurs.variable(name) && isChangedFrom(snapshot, now, name)),
      ...changed.secrets.filter((name) => !isOurs.secret(name)),
    ],
  };
}

/** The value that this run left a variable with; undefined when it deleted it. */
function valueSet(name: string, done: readonly Step[], { seen }: Snapshot): string | undefined {
  const last = done.findLast((step) => 'name' in step && step.name === name && reversalOf(step) === 'variable');
  if (last === undefined) return seen.get(name);
  return last.kind === 'set-variable' ? last.to : undefined;
}

/** Whether a variable has not its previous value anyway. */
function isChangedFrom({ variables }: Snapshot, now: SettingsNow, name: string): boolean {
  return now.variables.get(name)?.value !== variables.get(name);
}

/** Whether the Space still is as the step that is to be reversed left it. */
function isStillSo(step: ReverseStep, { runtime: { hardware, sleepSeconds }, volumes }: SettingsNow): boolean {
  switch (step.kind) {
    case 'set-hardware':
      return hardware === undefined || step.from === undefined || isSameHardware(hardware, step.from);
    case 'set-sleep-time':
      return (sleepSeconds ?? NEVER) === step.from;
    case 'set-volumes':
      return volumes === undefined || (volumes !== 'of-others' && areSameVolumes(volumes, step.from));
    default:
      return step satisfies never;
  }
}

/** What the steps changed, by what restores it. */
function changedSettings(done: readonly Step[], { touched }: Snapshot) {
  const variables = new Set<string>();
  const secrets = new Set<string>();
  const reversed: ReverseStep[] = [];
  for (const step of done) {
    const reversal = reversalOf(step);
    switch (reversal) {
      case 'variable':
        if ('name' in step) variables.add(step.name);
        break;
      case 'secret':
        if ('name' in step) secrets.add(step.name);
        break;
      // The tree and the visibility are restored as a whole, in roll-back.ts.
      case 'tree':
      case 'visibility':
      case 'nothing':
        break;
      default:
        reversed.push(reversal);
    }
  }
  return {
    reversed,
    variables: [...new Set([...variables, ...touched.variables])],
    secrets: [...new Set([...secrets, ...touched.secrets])],
  };
}

function restoreVariable(
  snapshot: Snapshot,
  variables: ReadonlyMap<string, StoredSetting>,
  name: string,
): readonly SettingStep[] {
  const [from, to] = [variables.get(name)?.value, snapshot.variables.get(name)];
  if (to === from) return [];
  return to === undefined
    ? [{ kind: 'delete-variable', name, from, reason: AS_BEFORE }]
    : [{ kind: 'set-variable', name, to, from, reason: AS_BEFORE }];
}

function lostSecrets(snapshot: Snapshot, done: readonly Step[], secrets: readonly string[]): LostSecrets {
  const isDeleted = (name: string) =>
    done.findLast((step) => 'name' in step && step.name === name)?.kind === 'delete-secret';
  const lost = secrets.filter((name) => snapshot.secrets.has(name));
  return { overwritten: lost.filter((name) => !isDeleted(name)), deleted: lost.filter(isDeleted) };
}

/**
 * Closes what the run opened: the previous version was not meant for everybody. What the run closed stays closed, as the
 * person asked: opening it again could show what was to be hidden. Pure.
 */
export function planVisibilityRestoration(
  { visibility: before }: Snapshot,
  { visibility: { explicit, value } }: Pick<Inputs, 'visibility'>,
): StepOf<'set-visibility'> | undefined {
  const to = VISIBILITIES.find((each) => each === before);
  return explicit && to !== undefined && VISIBILITIES.indexOf(to) < VISIBILITIES.indexOf(value)
    ? { kind: 'set-visibility', from: value, to, reason: AS_BEFORE }
    : undefined;
}
