import { Failure } from '../../base/failure.ts';

/** What is thrown where a file is no longer as the first look at it said; `path` is its path in the Space. */
export function changedFile(path: string, cause?: unknown): Failure {
  return new Failure(
    'inputs',
    {
      what: `${JSON.stringify(path)} changed while it was sent.`,
      cause: 'A step of this job that still runs, or another process on this machine, wrote to it or deleted it.',
      fix: 'Let that finish before this step starts, then run it again.',
    },
    { cause },
  );
}
