import { isDeepStrictEqual } from 'node:util';
import type { Readings } from '../../readings.ts';
import type { Pace } from '../../space-runtime.ts';
import type { Image } from '../engine/image.ts';

/** What a Space has to do about a push, a restart or a change of settings. */
export interface Order {
  readonly rebuild: boolean;
  readonly withoutCache?: boolean;
  /** How long the old stage is still answered; `pace.stageLagMs` when absent. */
  readonly lagMs?: number;
  /** The stage stays as it is until the end. */
  readonly isSilent?: boolean;
}

interface Settings {
  readonly image: Image | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly isRunning: boolean;
}

/** What follows a change of settings, and when, is not established (hub-contract §24, U3 and U12). */
export function orderOfSettings({ image, variables, isRunning }: Settings, { U3, U12 }: Readings, pace: Pace): Order {
  const differs = image?.kind === 'app' && !isDeepStrictEqual(image.variables, variables);
  return {
    rebuild: U12 === 'b' && differs,
    lagMs: U3 === 'a' ? 0 : pace.settingsLagMs,
    isSilent: U3 === 'c' && isRunning,
  };
}

/** What becomes of a commit that changes README.md alone is not established (hub-contract §24, U2). */
export function effectOfReadme({ U2 }: Readings): 'build' | 'nothing' | 'restart' {
  return ({ a: 'build', b: 'nothing', c: 'restart' } as const)[U2];
}
