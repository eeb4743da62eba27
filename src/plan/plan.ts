import type { Visibility } from '../inputs/inputs.ts';
import type { DeployFile, HubSdk } from '../source/source.ts';

/** One thing to do, with its reason. Values of secrets are not in it. */
export type Step =
  | { readonly kind: 'create'; readonly sdk: HubSdk; readonly visibility: Visibility; readonly reason: string }
  | { readonly kind: 'set-visibility'; readonly from: string; readonly to: Visibility; readonly reason: string }
  | { readonly kind: 'delete-variable'; readonly name: string; readonly from?: string; readonly reason: string }
  | { readonly kind: 'delete-secret'; readonly name: string; readonly reason: string }
  | {
      readonly kind: 'set-variable';
      readonly name: string;
      readonly from?: string;
      readonly to: string;
      readonly reason: string;
    }
  | { readonly kind: 'set-secret'; readonly name: string; readonly reason: string }
  | CommitStep
  | { readonly kind: 'restart'; readonly factory: boolean; readonly reason: string };

export interface CommitStep {
  readonly kind: 'commit';
  /** The head that it follows; absent while the Space has still to be made. */
  readonly parent?: string;
  readonly added: readonly DeployFile[];
  readonly changed: readonly DeployFile[];
  readonly deleted: readonly string[];
  readonly reason: string;
}

/** What is to be done, in order; nothing, when `steps` is empty. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Files that the Space has already, as they should be. */
  readonly unchangedFiles: number;
  /** Names that the Space has and the inputs do not name; left alone. */
  readonly unmanaged: { readonly variables: readonly string[]; readonly secrets: readonly string[] };
}

export function commitStep(plan: Plan): CommitStep | undefined {
  return plan.steps.find((step) => step.kind === 'commit');
}

/** Steps after which the Hub starts the app anew without a commit. */
export function changesSettings(plan: Plan): boolean {
  return plan.steps.some(({ kind }) => /-(variable|secret)$/.test(kind));
}
