import type { RemoteFile } from '../hub/history.ts';
import type { LargeObject } from '../hub/large-objects.ts';
import type { Runtime } from '../hub/runtime.ts';
import type { StoredSetting } from '../hub/settings.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Volume } from '../inputs/volumes.ts';
import type { Trailers } from '../marks/trailers.ts';
import type { Adoption } from './adoption.ts';
import type { HandEdits } from './hand-edits.ts';
import type { Hardware } from './read-price.ts';

export {
  hasFailedToBuild,
  hasFailedToStart,
  isAsleep,
  isEmpty,
  isPaused,
  isRunning,
  wasNeverBuilt,
} from '../hub/stages.ts';
export type { RemoteFile, Runtime, StoredSetting };

/** What the Hub has now, as far as a plan needs it. */
export type SpaceState = MissingSpace | PresentSpace;

export interface MissingSpace {
  readonly kind: 'missing';
  /** None, where the input asks for some. */
  readonly volumes?: readonly Volume[] | undefined;
  /** Of hardware that was asked for. */
  readonly hardware?: Hardware | undefined;
}

export interface PresentSpace {
  readonly kind: 'present';
  /** As the Hub spells it. */
  readonly id: string;
  readonly sdk?: string | undefined;
  /** What is mounted, where the input says what should be. */
  readonly volumes?: readonly Volume[] | undefined;
  readonly visibility: string;
  /** Whether the Hub says itself who may see it; else `visibility` is what it says of `private`. */
  readonly isVisibilityKnown?: boolean | undefined;
  /** Commit at the tip of `main`. */
  readonly head: string;
  /** What the newest commit says of itself; absent keys when it is not one of ours. */
  readonly trailers: Trailers;
  readonly variables: ReadonlyMap<string, StoredSetting>;
  readonly secrets: ReadonlyMap<string, StoredSetting>;
  /** Whether there may be secrets whose names the token may not know. */
  readonly areSecretsHidden?: boolean | undefined;
  /** When a setting was last changed that the newest commit does not cover, in milliseconds since the epoch, by the Hub's clock. */
  readonly settingsAt?: number | undefined;
  readonly runtime: Runtime;
  /** Front matter of its README, by key, as the Hub reads it. */
  readonly card: Readonly<Record<string, unknown>>;
  /** URL of the running app. */
  readonly appUrl: string;
  /** For people: another name, custom domains that do not work. */
  readonly warnings?: readonly string[] | undefined;
  /** All files; absent when the digest of the newest commit already says that they are ours. */
  readonly tree?: ReadonlyMap<string, RemoteFile> | undefined;
  /** What came on top of our newest commit; absent when that is the newest of all, or there is none. */
  readonly edits?: HandEdits | undefined;
  /** Hardware that was asked for or is paid already, with its price. */
  readonly hardware?: Hardware | undefined;
  /** Large files that no kept version has; absent when nobody asked for them. */
  readonly oldObjects?: readonly LargeObject[] | undefined;
  /** Work of somebody in a Space that we have never deployed to; absent when there is none. */
  readonly adoption?: Adoption | undefined;
}

/** Who can see the Space once a deployment with these inputs has begun. */
export function visibilityOf({ visibility }: Pick<Inputs, 'visibility'>, space: SpaceState): string {
  return visibility.explicit || space.kind === 'missing' ? visibility.value : space.visibility;
}
