import type { Failure } from '../base/failure.ts';
import type { Progress } from '../base/progress.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Plan, Step } from '../plan/plan.ts';
import type { SourceMatch } from '../space/match-source.ts';
import type { VerifyEvent } from '../verify/events.ts';

export type Result =
  | 'deployed'
  | 'unchanged'
  | 'planned'
  | 'verified'
  | 'removed'
  | 'rolled-back'
  | 'restarted'
  | 'failed';

export type Compared = SourceMatch | 'no-source';

/** How a run ends: a result, and a failure whenever the job must be red. */
export interface RunResult {
  readonly result: Result;
  readonly failure?: Failure | undefined;
}

/** Everything that a run tells a person, in order. Texts in it may be of others, and are untrusted. */
export type RunEvent =
  /** The inputs are right: which Space it is about, and what is to be done with it. */
  | ({ readonly kind: 'started' } & Pick<Inputs, 'space' | 'environment' | 'mode' | 'hubUrl' | 'run'>)
  | { readonly kind: 'phase-started'; readonly title: string }
  | { readonly kind: 'phase-ended' }
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** A step of the plan was carried out. */
  | { readonly kind: 'applied'; readonly step: Step }
  /** Where the app answers. */
  | { readonly kind: 'app'; readonly url: string }
  /** The head before this run, as soon as it is known. */
  | { readonly kind: 'head'; readonly commit: string }
  /** The commit that must run now. */
  | { readonly kind: 'commit'; readonly commit: string }
  /** How the newest commit of the Space goes with the source that is checked out, if any is. */
  | { readonly kind: 'compared'; readonly match: Compared }
  /** The Content-Digest of that commit, hex; absent where it names none. */
  | { readonly kind: 'digest'; readonly digest: string | undefined }
  /** How far long work has come; there are many of these, and few are shown. */
  | ({ readonly kind: 'progress' } & Progress)
  | VerifyEvent
  /** A step of a rollback was carried out, with the commit that it made. */
  | { readonly kind: 'restored'; readonly step: Step; readonly commit?: string | undefined }
  /** The previous version runs again, at this commit. */
  | { readonly kind: 'rolled-back'; readonly commit: string }
  | ({ readonly kind: 'ended' } & RunResult);
