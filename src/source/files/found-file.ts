/** A file of the directory that is deployed, before anything is done to it. */
export interface FoundFile {
  /** Relative to the directory, with forward slashes. */
  readonly path: string;
  /** Where its bytes are: for a symbolic link, the file that it leads to. */
  readonly absolute: string;
  /** Bytes, of the work tree. */
  readonly size: number;
  readonly executable: boolean;
  /** From git's index, when the work tree holds exactly these bytes. */
  readonly blobId?: string | undefined;
  /** Whether git tracks it. */
  readonly tracked: boolean;
}
