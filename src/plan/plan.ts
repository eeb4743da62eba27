import type { HubSdk } from '../inputs/sdk.ts';
import type { Visibility } from '../inputs/visibility.ts';
import type { Volume } from '../inputs/volumes.ts';
import { README } from '../source/file-names.ts';
import type { DeployFile } from '../source/source.ts';
import type { SecretStatus } from '../space/compare.ts';
import type { HandEdits } from '../space/hand-edits.ts';
import type { Hardware } from '../space/read-price.ts';
import type { CardChange } from './card-changes.ts';

/** One thing to do, with its reason. Values of secrets are not in it. */
export type Step =
  | {
      readonly kind: 'create';
      readonly sdk: HubSdk;
      readonly visibility: Visibility;
      readonly hardware?: string | undefined;
      readonly sleepTimeSeconds?: number | undefined;
      readonly reason: string;
    }
  | RemoveStep
  | {
      readonly kind: 'set-visibility';
      readonly from: string;
      readonly to: Visibility;
      /** Nothing changes by it, as far as is known: the Hub does not say whether it is so already. */
      readonly confirms?: boolean | undefined;
      readonly reason: string;
    }
  | {
      readonly kind: 'delete-variable';
      readonly name: string;
      readonly from?: string | undefined;
      readonly reason: string;
    }
  | { readonly kind: 'delete-secret'; readonly name: string; readonly reason: string }
  | {
      readonly kind: 'set-variable';
      readonly name: string;
      readonly from?: string | undefined;
      readonly to: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'set-secret';
      readonly name: string;
      readonly standing: Exclude<SecretStatus, 'same'>;
      readonly reason: string;
    }
  | {
      readonly kind: 'set-hardware';
      readonly from?: string | undefined;
      readonly to: string;
      readonly sleepTimeSeconds?: number | undefined;
      readonly reason: string;
    }
  /** Seconds without a visit; -1 is never. */
  | { readonly kind: 'set-sleep-time'; readonly from: number; readonly to: number; readonly reason: string }
  /** What is mounted in the app; no volume at all where `to` is empty. */
  | {
      readonly kind: 'set-volumes';
      readonly from: readonly Volume[];
      readonly to: readonly Volume[];
      readonly reason: string;
    }
  | { readonly kind: 'end-dev-mode'; readonly reason: string }
  | {
      readonly kind: 'prune-large-files';
      readonly objects: readonly {
        readonly fileOid: string;
        readonly size: number;
        readonly path?: string | undefined;
      }[];
      readonly reason: string;
    }
  | CommitStep
  | {
      readonly kind: 'restart';
      readonly factory: boolean;
      /** What is ended by it: nothing is wrong with a Space that sleeps. */
      readonly ends: 'sleep' | 'pause' | 'error' | 'process';
      readonly reason: string;
    };

export type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** Deletes the Space. */
export interface RemoveStep {
  readonly kind: 'remove';
  readonly reason: string;
}

/** A file of the Space whose content is replaced. */
export interface ChangedFile extends DeployFile {
  /** Bytes that it had before. */
  readonly was: number;
}

export interface CommitStep {
  readonly kind: 'commit';
  /** The head that it follows; absent while the Space has still to be created. */
  readonly parent?: string | undefined;
  readonly added: readonly DeployFile[];
  readonly changed: readonly ChangedFile[];
  /** Large files of an earlier version, which the Hub still stores: named in the commit, and not uploaded. */
  readonly stored?: readonly StoredFile[] | undefined;
  /** With the bytes that they had. */
  readonly deleted: readonly { readonly path: string; readonly size: number }[];
  readonly reason: string;
}

/** A large file by what the store of the Hub calls it. */
export interface StoredFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** sha256 of the content, hex. */
  readonly oid: string;
  /** Bytes of the file that it replaces; absent where there is none. */
  readonly was?: number | undefined;
}

/** The files that a commit adds and changes, stored ones included. */
export function filesOf({ added, changed, stored = [] }: CommitStep): {
  readonly added: readonly { readonly path: string; readonly size: number }[];
  readonly changed: readonly { readonly path: string; readonly size: number; readonly was: number }[];
} {
  const isNew = ({ was }: StoredFile) => was === undefined;
  return {
    added: [...added, ...stored.filter(isNew)],
    changed: [...changed, ...stored.flatMap(({ was, ...file }) => (was === undefined ? [] : [{ ...file, was }]))],
  };
}

/** One build of the app, or one start without a build. */
export interface Restart {
  readonly kind: 'build' | 'start';
  readonly because: string;
}

/** What is to be done, in order; nothing, when `steps` is empty. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Files that the Space has already, as they should be. */
  readonly unchangedFiles: number;
  /** Names that the Space has and the inputs do not name; left alone. */
  readonly unmanaged: { readonly variables: readonly string[]; readonly secrets: readonly string[] };
  /** Keys of the front matter that change. */
  readonly card: readonly CardChange[];
  /** What the app will go through, in order. */
  readonly restarts: readonly Restart[];
  /** Hardware that was asked for or is paid already, with its price where the Hub says it. */
  readonly hardware?: Hardware | undefined;
  /** What others did since the last deployment, and this one overwrites. */
  readonly edits?: HandEdits | undefined;
  /** What a person should know before it is done. */
  readonly warnings: readonly string[];
}

export const EMPTY_PLAN: Plan = {
  steps: [],
  unchangedFiles: 0,
  unmanaged: { variables: [], secrets: [] },
  card: [],
  restarts: [],
  warnings: [],
};

export function commitStep(plan: Plan): CommitStep | undefined {
  return plan.steps.find((step) => step.kind === 'commit');
}

/** Whether the front matter may change. */
export function touchesReadme(steps: readonly Step[]): boolean {
  return steps.some(
    (step) => step.kind === 'commit' && [...step.added, ...step.changed].some(({ path }) => path === README),
  );
}

/** Whether nothing of the Space has to change; one that only sleeps is as it should be. */
export function isAsItShouldBe(plan: Plan): boolean {
  return plan.steps.every((step) => !changesSpace(step) && !(step.kind === 'restart' && step.ends !== 'sleep'));
}

/** Whether a step makes anything of the Space differ from before, as far as people see it. */
export function changesSpace(step: Step): boolean {
  if (step.kind === 'restart' || step.kind === 'prune-large-files') return false;
  return !(step.kind === 'set-visibility' && step.confirms === true);
}

/** What a run did to a Space. */
interface Deeds {
  /** Steps that were carried out. */
  readonly done: readonly Step[];
  /** The newest commit after it, and before it. */
  readonly commit?: string | undefined;
  readonly previousCommit?: string | undefined;
}

/** Whether anything of the Space has changed: files, settings or visibility. */
export function changedAnything({ done, commit, previousCommit }: Deeds): boolean {
  return commit !== previousCommit || done.some(changesSpace);
}
