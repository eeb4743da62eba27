import type { Runtime } from '../hub/runtime.ts';
import type { StoredSetting } from '../hub/settings.ts';
import type { RemoteFile } from '../hub/tree.ts';
import type { Trailers } from '../trailers.ts';

export type { RemoteFile, Runtime, StoredSetting };

/** What the Hub has now, as far as a plan needs it. */
export type SpaceState = { readonly kind: 'missing' } | PresentSpace;

export interface PresentSpace {
  readonly kind: 'present';
  /** As the Hub spells it. */
  readonly id: string;
  readonly sdk?: string;
  readonly visibility: string;
  /** Commit at the tip of `main`. */
  readonly head: string;
  /** What the newest commit says of itself; absent keys when it is not one of ours. */
  readonly trailers: Trailers;
  readonly variables: ReadonlyMap<string, StoredSetting>;
  readonly secrets: ReadonlyMap<string, StoredSetting>;
  readonly runtime: Runtime;
  /** URL of the running app. */
  readonly appUrl: string;
  /** All files; absent when the newest commit's digest already says that they are ours. */
  readonly tree?: ReadonlyMap<string, RemoteFile>;
}
