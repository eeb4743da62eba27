/** What a client can do with Spaces, in the words of the Hub; every call throws when the Hub refuses. */
export interface Operations {
  /** The name of the account. */
  whoAmI(): Promise<string>;
  createSpace(id: string, sdk: string): Promise<void>;
  deleteSpace(id: string): Promise<void>;
  renameSpace(from: string, to: string): Promise<void>;
  duplicateSpace(from: string, to: string): Promise<void>;
  setVisibility(id: string, visibility: 'public' | 'private'): Promise<void>;
  /** Puts all files of a directory into the Space, and deletes none there. */
  upload(id: string, directory: string, branch?: string): Promise<void>;
  /** Paths of all files, sorted. */
  list(id: string, revision?: string): Promise<string[]>;
  /** Writes all files into an empty directory. */
  download(id: string, directory: string, revision?: string): Promise<void>;
  deleteFiles(id: string, paths: readonly string[]): Promise<void>;
  /** Ids, newest first. */
  commits(id: string): Promise<string[]>;
  /** One commit instead of the whole history. */
  squash(id: string): Promise<void>;
  createBranch(id: string, branch: string): Promise<void>;
  deleteBranch(id: string, branch: string): Promise<void>;
  branches(id: string): Promise<string[]>;
  createTag(id: string, tag: string): Promise<void>;
  deleteTag(id: string, tag: string): Promise<void>;
  tags(id: string): Promise<string[]>;
  setVariable(id: string, key: string, value: string): Promise<void>;
  deleteVariable(id: string, key: string): Promise<void>;
  variables(id: string): Promise<Record<string, string>>;
  setSecret(id: string, key: string, value: string): Promise<void>;
  deleteSecret(id: string, key: string): Promise<void>;
  /** Everything that the client shows of the secrets, by name. */
  secrets(id: string): Promise<Record<string, unknown>>;
  stage(id: string): Promise<string>;
  /** The stage in which building and starting ended. */
  wait(id: string): Promise<string>;
  logs(id: string, kind: 'build' | 'run'): Promise<string>;
  restart(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  requestHardware(id: string, flavor: string): Promise<void>;
  setSleepTime(id: string, seconds: number): Promise<void>;
  createBucket(id: string): Promise<void>;
  deleteBucket(id: string): Promise<void>;
  /** Mounts this alone, in the notation of `hf`. */
  mount(id: string, volume: string): Promise<void>;
  /** Where each source is mounted. */
  mounts(id: string): Promise<Record<string, string>>;
  unmount(id: string): Promise<void>;
}

export type Operation = keyof Operations;

/** One official client; an operation that it does not have is not there. */
export interface Client extends Partial<Operations> {
  readonly name: string;
  /** In the names of its Spaces. */
  readonly slug: string;
  /** Whether uploading what is there already makes a commit (hub-contract §11, §21). */
  readonly commitsUnchanged: boolean;
  close(): Promise<void>;
}

/** Where a client works. */
export interface Access {
  readonly hubUrl: string;
  readonly token: string;
  /** Off where there is no storage service for it. */
  readonly xet: boolean;
  /** A directory of its own, for caches and settings. */
  readonly home: string;
}
