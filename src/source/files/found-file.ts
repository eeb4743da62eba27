/** A file of the directory that is deployed, before anything is done to it. */
export interface FoundFile {
  /** Relative to the directory, with forward slashes. */
  readonly path: string;
  /** Where its bytes are: for a symbolic link, the file that it leads to. */
  readonly absolute: string;
  /** Bytes that are deployed. */
  readonly size: number;
  readonly executable: boolean;
  /** sha1 of the git blob with these bytes, where it is known without reading them. */
  readonly blobId?: string | undefined;
  /** git's own bytes, where the work tree has others for the same content. */
  readonly bytes?: Uint8Array | undefined;
  /** Where it leads, of a link that the checkout wrote as a file. */
  readonly linkTarget?: string | undefined;
  /** Whether git tracks it. */
  readonly tracked: boolean;
}
