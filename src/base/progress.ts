/** How far long work has come. */
export interface Progress {
  /** `read`: hashing the source; `hash`, `upload`: large files for the store; `commit`: the small files of a commit. */
  readonly work: 'read' | 'hash' | 'upload' | 'commit';
  /** The file that is worked on, where it is one. */
  readonly path?: string | undefined;
  /** Bytes. */
  readonly done: number;
  /** Bytes. */
  readonly total: number;
}

/** Called often: whoever shows it chooses how often that is. */
export type OnProgress = (progress: Progress) => void;
