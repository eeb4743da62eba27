/** What a mode of the action works with. */
interface ModeNeeds {
  /** The files at hand, and values of settings: what would be deployed, or is. */
  readonly source: boolean;
  /** What the app is asked once it is healthy. */
  readonly checks: boolean;
}

const MODES = {
  deploy: { source: true, checks: true },
  plan: { source: true, checks: true },
  // It compares the files where there are any, and can do without them.
  verify: { source: false, checks: true },
  remove: { source: false, checks: false },
  rollback: { source: false, checks: false },
  restart: { source: false, checks: true },
} as const satisfies Readonly<Record<string, ModeNeeds>>;

export type Mode = keyof typeof MODES;

export const MODE_NAMES = Object.keys(MODES) as readonly Mode[];

/** Inputs that mean something in one mode alone. */
export const OF_ONE_MODE = { expect: 'plan', to: 'rollback', factory: 'restart' } as const satisfies Readonly<
  Record<string, Mode>
>;

/** Whether a mode reads the files of a repository and takes the values of settings; where none is named, it is `deploy`. */
export function needsSource(mode: string = 'deploy'): boolean {
  return needsOf(mode)?.source ?? false;
}

/** Whether a mode asks the app its checks. */
export function asksChecks(mode: string): boolean {
  return needsOf(mode || 'deploy')?.checks ?? true;
}

function needsOf(mode: string): ModeNeeds | undefined {
  return Object.hasOwn(MODES, mode) ? MODES[mode as Mode] : undefined;
}
