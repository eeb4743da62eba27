import type { RuntimeAnswer, Stage } from '../../space-runtime.ts';

/** cpu-basic sleeps after 48 hours without a visit (hub-contract §17). */
export const DEFAULT_SLEEP_SECONDS = 172_800;

export interface RuntimeFacts {
  readonly stage: Stage;
  readonly errorMessage: string | undefined;
  /** Commit that serves; undefined while nothing does. */
  readonly sha: string | undefined;
  readonly isStatic: boolean;
  readonly flavor: string;
  /** Flavor of what serves. */
  readonly current: string | null;
  /** `null` never sleeps. */
  readonly sleepSeconds: number | null;
  readonly devMode: boolean;
  readonly domain: string;
}

/** `GET /api/spaces/{id}/runtime` (hub-contract §13.1). */
export function runtimeAnswer(facts: RuntimeFacts): RuntimeAnswer {
  if (facts.isStatic) return staticAnswer();
  const { stage, errorMessage, sha, flavor, current, sleepSeconds, devMode, domain } = facts;
  return {
    stage,
    errorMessage,
    sha,
    hardware: { current, requested: flavor },
    storage: null,
    gcTimeout: sleepSeconds,
    replicas: { requested: 1, current: current === null ? undefined : 1 },
    devMode,
    domains: [{ domain, stage: 'READY' }],
  };
}

/** A static Space always runs, on no hardware, and says nothing else: not even which commit (hub-contract §7.1). */
function staticAnswer(): RuntimeAnswer {
  return {
    stage: 'RUNNING',
    hardware: { current: null, requested: null },
    storage: null,
    replicas: { requested: 1, current: 1 },
  };
}
