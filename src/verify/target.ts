import { healthPathOf } from '../health/health-path.ts';
import type { Page } from '../health/page.ts';
import type { Proof } from '../health/static-content.ts';
import { proofOf } from '../health/static-content.ts';
import type { Expectation, Inputs, Sdk } from '../inputs/inputs.ts';
import { commitStep, type Plan, type Step } from '../plan/plan.ts';
import { restartsOf } from '../plan/restarts.ts';
import { changesSettings } from '../plan/step-kinds.ts';
import type { Source } from '../source/source.ts';
import type { Snapshot } from '../space/snapshot.ts';
import type { PresentSpace, Runtime } from '../space/space-state.ts';
import type { AppStart } from './app-start.ts';
import type { Observation } from './assess-runtime.ts';
import { pythonModulesOf } from './causes/python-modules.ts';
import { type Checks, checksOf } from './checks.ts';
import type { Startup } from './startup.ts';
import { startupOf } from './startup.ts';

/** What is to be proven. */
export interface Target {
  /** What runs when it is true, as the subject of a sentence. */
  readonly version:
    | 'The new version'
    | 'The previous version'
    | 'The restored version'
    | 'The restarted version'
    | 'The newest commit';
  /** Whether nothing may be done to the Space: what sleeps is visited, and not restarted. */
  readonly isReadOnly?: boolean | undefined;
  readonly id: string;
  /** The commit that must run. */
  readonly commit: string;
  readonly isStatic: boolean;
  readonly wrote: Observation['wrote'];
  /** How the Space was before the last write. */
  readonly before: Runtime;
  /** Milliseconds since the epoch. */
  readonly wroteAt: number;
  readonly deadline: number;
  /** When settings were last changed that no commit covers, by the Hub's clock: whatever answers may be from before that. */
  readonly settingsAt?: number | undefined;
  /** Which start of the app ran before its settings were changed; absent where they were not. */
  readonly startBefore?: AppStart | undefined;
  /** How long the build took that ran before, in milliseconds; absent where that is not known. */
  readonly lastBuildMs?: number | undefined;
  /** Whether several writes restart the app each, so that one restart alone proves nothing. */
  readonly restartsOften: boolean;
  readonly appUrl: string;
  readonly requestedSdk: Sdk;
  readonly healthPath: string;
  /** Whether nobody said where the app tells its health, so that this path is only the usual one. */
  readonly isHealthPathGuessed: boolean;
  /** Of an earlier version: where it was asked then, which may be elsewhere. */
  readonly otherHealthPath?: string | undefined;
  readonly healthExpect: readonly Expectation[];
  readonly isPrivate: boolean;
  /** Of a static Space: what tells the version. */
  readonly proof?: Proof | undefined;
  /** How long the app may take to start; absent where that is not known, as of an earlier version. */
  readonly startup?: Startup | undefined;
  /** Python modules of the source, which no package has to bring. */
  readonly ownModules?: ReadonlySet<string> | undefined;
  /** The page that people see, to be looked at once; absent where nothing was deployed. */
  readonly page?: Page | undefined;
  /** What is asked of it once it is healthy; absent where that is nothing, as of an earlier version. */
  readonly checks?: Checks | undefined;
}

/** The Space as it should be, and what it took. */
export interface Reconciled {
  /** As it was at the last look, before the last write. */
  readonly space: PresentSpace;
  /** Commit that must run now. */
  readonly commit: string;
  readonly wrote: Target['wrote'];
  readonly plan: Plan;
  /** Which start of the app ran before its settings were changed; absent where they were not. */
  readonly startBefore?: AppStart | undefined;
  /** How long the build took that ran before, in milliseconds; absent where that is not known. */
  readonly lastBuildMs?: number | undefined;
  /** Steps that were carried out. */
  readonly done: readonly Step[];
  /** The head before this run; absent where this run made the Space. */
  readonly previousCommit?: string | undefined;
  /** What was there before. */
  readonly snapshot: Snapshot;
  /** Whether an attempt of this same run, which was killed before it could prove it, has made what is there. */
  readonly isOwn: boolean;
  /** Whether a rollback may replace the newest commit: ours, made now, or before with this very content. */
  readonly headIsOurs: boolean;
}

/** What must become true of the Space after what was done to it. `now` in milliseconds since the epoch. */
export function targetOf(
  inputs: Inputs,
  source: Source,
  reconciled: Pick<
    Reconciled,
    'space' | 'commit' | 'previousCommit' | 'wrote' | 'plan' | 'done' | 'startBefore' | 'lastBuildMs'
  >,
  now: number,
): Target {
  const { space, commit, previousCommit, wrote, plan, done, startBefore, lastBuildMs } = reconciled;
  const isStatic = source.sdk === 'static';
  const hasDeployed = wrote === 'commit' || (wrote === 'settings' && changesSettings(plan.steps));
  const isComparable = isStatic && source.card['app_build_command'] === undefined;
  const proof = isComparable ? proofOf(commitStep(plan), [...source.files.values()]) : undefined;
  return {
    version: 'The new version',
    id: space.id,
    commit,
    isStatic,
    wrote,
    before: space.runtime,
    wroteAt: now,
    deadline: now + inputs.timeoutMs,
    settingsAt: space.settingsAt,
    startBefore,
    lastBuildMs,
    restartsOften: restartsOf(done, isStatic).length > 1,
    appUrl: space.appUrl,
    requestedSdk: source.requestedSdk,
    healthPath: healthPathOf(inputs, source),
    isHealthPathGuessed: inputs.healthPath === undefined,
    healthExpect: inputs.healthExpect,
    isPrivate: (inputs.visibility.explicit ? inputs.visibility.value : space.visibility) === 'private',
    proof,
    startup: startupOf(source.card),
    ownModules: pythonModulesOf(source),
    page: hasDeployed ? pageOf(source) : undefined,
    checks: checksOf(inputs, source, { space, commit, previousCommit }),
  };
}

/** What the Hub shows to people who open the Space. */
function pageOf({ card }: Source): Page {
  const path = card['base_path'];
  return { path: typeof path === 'string' ? path : '/', framed: card['disable_embedding'] !== true };
}
