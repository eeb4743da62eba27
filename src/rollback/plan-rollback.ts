import type { Inputs } from '../inputs/inputs.ts';
import { VISIBILITIES } from '../inputs/visibility.ts';
import type { Step } from '../plan/plan.ts';
import type { Snapshot } from '../space/snapshot.ts';
import type { RemoteFile, StoredSetting } from '../space/space-state.ts';

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

export type SettingStep = Extract<
  Step,
  { kind: 'set-variable' | 'delete-variable' | 'delete-secret' | 'set-hardware' | 'set-sleep-time' }
>;

/** Secrets whose value before is gone, by name. */
export interface LostSecrets {
  readonly overwritten: readonly string[];
  readonly deleted: readonly string[];
}

export interface SettingsRestoration {
  readonly steps: readonly SettingStep[];
  readonly lost: LostSecrets;
}

const REASON = 'as it was before this deployment';

/**
 * Puts back what the run set and deleted, an attempt of it that was killed included, and nothing else: others may have
 * set something meanwhile. Pure.
 */
export function planSettingsRestoration(
  snapshot: Snapshot,
  done: readonly Step[],
  variables: ReadonlyMap<string, StoredSetting>,
): SettingsRestoration {
  const named = (kind: RegExp) => done.flatMap((step) => (kind.test(step.kind) && 'name' in step ? [step.name] : []));
  const secrets = [...new Set([...named(/-secret$/), ...snapshot.touched.secrets])];
  const isGone = (name: string) => done.findLast((step) => 'name' in step && step.name === name)?.kind === DELETES;
  const newSecrets = secrets.filter((name) => !snapshot.secrets.has(name));
  const steps: SettingStep[] = [
    ...done.flatMap(hardwareBefore),
    ...newSecrets.map((name) => ({ kind: 'delete-secret', name, reason: REASON }) as const),
  ];
  for (const name of new Set([...named(/-variable$/), ...snapshot.touched.variables])) {
    const [from, to] = [variables.get(name)?.value, snapshot.variables.get(name)];
    if (to === undefined && from !== undefined) steps.push({ kind: 'delete-variable', name, from, reason: REASON });
    if (to !== undefined && to !== from) {
      steps.push({ kind: 'set-variable', name, to, reason: REASON, ...(from === undefined ? {} : { from }) });
    }
  }
  const lost = secrets.filter((name) => snapshot.secrets.has(name));
  return {
    steps,
    lost: { overwritten: lost.filter((name) => !isGone(name)), deleted: lost.filter(isGone) },
  };
}

const DELETES = 'delete-secret' satisfies Step['kind'];

/**
 * Closes what the run has opened: the version before was not meant for so many eyes. What it has closed stays closed,
 * as the person asked: opening it again could show what was to be hidden. Pure.
 */
export function planVisibilityRestoration(
  { visibility: before }: Snapshot,
  { visibility: { explicit, value } }: Pick<Inputs, 'visibility'>,
): Extract<Step, { kind: 'set-visibility' }> | undefined {
  const to = VISIBILITIES.find((each) => each === before);
  return explicit && to !== undefined && VISIBILITIES.indexOf(to) < VISIBILITIES.indexOf(value)
    ? { kind: 'set-visibility', from: value, to, reason: REASON }
    : undefined;
}

/** Other hardware may be why it failed, and goes on costing money. */
function hardwareBefore(step: Step): readonly SettingStep[] {
  if (step.kind === 'set-hardware' && step.from !== undefined)
    return [{ kind: 'set-hardware', from: step.to, to: step.from, reason: REASON }];
  return step.kind === 'set-sleep-time'
    ? [{ kind: 'set-sleep-time', from: step.to, to: step.from, reason: REASON }]
    : [];
}
