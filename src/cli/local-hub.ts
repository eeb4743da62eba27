/** The local Hub of a rehearsal, as its bundle offers it. */
export interface LocalHub {
  readonly url: string;
  /** Opens every Space of the rehearsal. */
  readonly token: string;
  /** What builds and runs the app, and why that. */
  readonly engine: { readonly name: string; readonly why: string };
  close(): Promise<void>;
}

/** What builds and runs the apps of a local Hub; `auto` takes a container engine that answers, else processes. */
export const ENGINES = ['auto', 'docker', 'podman', 'process'] as const;

export interface LocalHubOptions {
  readonly engine: (typeof ENGINES)[number];
  /** Told what a person should know of it. */
  readonly warn: (message: string) => void;
  /** Told when a Space needs what this machine has not: that says nothing about the app. */
  readonly onNotRehearsable: (found: { readonly space: string; readonly reasons: readonly string[] }) => void;
}

/** Starts one on which some Spaces may be deployed. Rejects when the engine does not answer. */
export type StartLocalHub = (spaces: readonly string[], options: LocalHubOptions) => Promise<LocalHub>;
