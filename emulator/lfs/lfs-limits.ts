export interface LfsLimits {
  /** Objects of more bytes are uploaded in parts. */
  readonly multipartAboveBytes: number;
  readonly partBytes: number;
  /** All large files of a Space together, those of old commits included (hub-contract §18). */
  readonly repositoryBytes: number;
}

/** The part size is the Hub's (hub-contract §10.1); from which size on it asks for parts is not known. */
export const defaultLfsLimits: LfsLimits = {
  multipartAboveBytes: 100_000_000,
  partBytes: 20_000_000,
  repositoryBytes: 1_000_000_000,
};
