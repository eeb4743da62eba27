import type { HubSdk, Sdk } from '../inputs/sdk.ts';

export type Content =
  | { readonly kind: 'disk'; readonly absolute: string }
  | { readonly kind: 'memory'; readonly bytes: Uint8Array };

/** One file as it will be in the Space. */
export interface DeployFile {
  /** Path in the Space, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** sha1 of the git blob with this content. */
  readonly blobId: string;
  readonly content: Content;
}

/** A file that holds a secret. */
export interface ConfidentialFile {
  readonly path: string;
  /** What it holds, in words: `a private key`, `a value of API_KEY`. */
  readonly holds: string;
}

/** Everything that is to be in the Space. */
export interface Source {
  /** What the person deploys, and what the Hub is told it is. */
  readonly requestedSdk: Sdk;
  readonly sdk: HubSdk;
  readonly files: ReadonlyMap<string, DeployFile>;
  /** Front matter of the deployed README, by key. */
  readonly card: Readonly<Record<string, unknown>>;
  /** The whole text of the deployed README. */
  readonly readme: string;
  /** Commit that the files were taken from; absent outside of git. */
  readonly commit?: string | undefined;
  /** Page of that commit, where the repository of the directory has a remote on the web. */
  readonly commitUrl?: string | undefined;
  /** sha256 over path and blob of every source file, before renames, card and generated files; hex. */
  readonly sourceDigest: string;
  /** sha256 over what is deployed and what is protected; equal digests mean that nothing is to be committed; hex. */
  readonly contentDigest: string;
  /** Files that must not be in a Space whose files anybody can read; looked for when they are asked for first. */
  readonly confidential: readonly ConfidentialFile[];
  /** Names that its `.env.example` has without a value. */
  readonly exampleNames?: readonly string[] | undefined;
  readonly warnings: readonly string[];
  /** What is worth a line in the log, and no more. */
  readonly notes: readonly string[];
}
