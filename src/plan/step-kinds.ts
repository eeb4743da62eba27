import type { Restart, Step, StepOf } from './plan.ts';

/** What one kind of step means for the app, for the proof of a deployment and for its rollback. */
interface StepKind<S extends Step> {
  /** Whether the call that creates a Space does it too. */
  readonly isDoneByCreate: boolean;
  /** What the app goes through because of it; undefined when it goes on running. */
  readonly restarts: (step: S) => Restart | undefined;
  /** What shows that it worked: the new commit runs, the app has started with new settings or again, the Hub said yes. */
  readonly verifiedBy: 'commit' | 'settings' | 'restart' | 'answer';
  /** What a rollback restores because of it, or the step that reverses it. */
  readonly reversedBy: Restoration | ((step: S) => ReverseStep | undefined);
}

/** What a rollback can restore, each from the snapshot. */
export type Restoration = 'tree' | 'variable' | 'secret' | 'visibility' | 'nothing';

export type ReverseStep = StepOf<'set-hardware' | 'set-sleep-time' | 'set-volumes'>;

/** Why a step of a rollback is there. */
export const AS_BEFORE = 'as it was before this deployment';

const staysUp = () => undefined;
const starts = (because: string): Restart => ({ kind: 'start', because });
const VARIABLE = {
  restarts: ({ name }: { readonly name: string }) => starts(`the variable ${name}`),
  verifiedBy: 'settings',
  reversedBy: 'variable',
} as const;
const SECRET = {
  restarts: ({ name }: { readonly name: string }) => starts(`the secret ${name}`),
  verifiedBy: 'settings',
  reversedBy: 'secret',
} as const;

/**
 * Every kind of step: each change of a setting restarts the app, and a commit builds it (hub-contract §14). A new kind
 * that has no row here, or whose row does not say how it is verified and rolled back, does not compile.
 */
const STEP_KINDS: { readonly [Kind in Step['kind']]: StepKind<StepOf<Kind>> } = {
  create: { isDoneByCreate: true, restarts: staysUp, verifiedBy: 'commit', reversedBy: 'nothing' },
  remove: { isDoneByCreate: false, restarts: staysUp, verifiedBy: 'answer', reversedBy: 'nothing' },
  'set-visibility': { isDoneByCreate: false, restarts: staysUp, verifiedBy: 'answer', reversedBy: 'visibility' },
  'set-variable': { isDoneByCreate: true, ...VARIABLE },
  'delete-variable': { isDoneByCreate: false, ...VARIABLE },
  'set-secret': { isDoneByCreate: true, ...SECRET },
  'delete-secret': { isDoneByCreate: false, ...SECRET },
  'set-hardware': {
    isDoneByCreate: false,
    restarts: () => starts('the hardware'),
    verifiedBy: 'settings',
    // Other hardware may be why the new version failed, and goes on costing money.
    reversedBy: ({ from, to }) =>
      from === undefined ? undefined : { kind: 'set-hardware', from: to, to: from, reason: AS_BEFORE },
  },
  'set-sleep-time': {
    isDoneByCreate: false,
    restarts: staysUp,
    verifiedBy: 'answer',
    reversedBy: ({ from, to }) => ({ kind: 'set-sleep-time', from: to, to: from, reason: AS_BEFORE }),
  },
  'set-volumes': {
    isDoneByCreate: true,
    restarts: () => starts('the volumes'),
    verifiedBy: 'settings',
    reversedBy: ({ from, to }) => ({ kind: 'set-volumes', from: to, to: from, reason: AS_BEFORE }),
  },
  'end-dev-mode': {
    isDoneByCreate: false,
    restarts: () => starts('the end of dev mode'),
    verifiedBy: 'settings',
    // The previous version could not be restored in it either.
    reversedBy: 'nothing',
  },
  // What is gone is gone; a rollback needs only what the kept versions have.
  'prune-large-files': { isDoneByCreate: false, restarts: staysUp, verifiedBy: 'answer', reversedBy: 'nothing' },
  commit: {
    isDoneByCreate: false,
    restarts: () => ({ kind: 'build', because: 'the commit' }),
    verifiedBy: 'commit',
    reversedBy: 'tree',
  },
  restart: {
    isDoneByCreate: false,
    restarts: ({ factory, reason }) => ({ kind: factory ? 'build' : 'start', because: reason }),
    verifiedBy: 'restart',
    reversedBy: 'nothing',
  },
};

/** What the app goes through because of a step. */
export function restartOf(step: Step): Restart | undefined {
  return rowOf(step).restarts(step);
}

/** Whether the call that creates a Space does this step too. */
export function isDoneByCreate(step: Step): boolean {
  return rowOf(step).isDoneByCreate;
}

/** Whether the Hub restarts the app with new settings because of these steps, beside their commit. */
export function changesSettings(steps: readonly Step[]): boolean {
  return steps.some((step) => rowOf(step).verifiedBy === 'settings');
}

/** What a rollback does about a step. */
export function reversalOf(step: Step): Restoration | ReverseStep {
  const { reversedBy } = rowOf(step);
  return typeof reversedBy === 'string' ? reversedBy : (reversedBy(step) ?? 'nothing');
}

/** The row of a step's kind. TypeScript cannot see that the row fits the very step that it is looked up by. */
function rowOf<S extends Step>(step: S): StepKind<S> {
  return STEP_KINDS[step.kind] as unknown as StepKind<S>;
}
