import type { Problem } from '../base/failure.ts';

/** Why the step is red although all else was done: a later step would read nothing, and take that for an answer. Pure. */
export function lostOutputsProblem(names: readonly string[], why: string): Problem {
  return {
    what: `The outputs of this step could not be written, so later steps would read nothing: ${names.join(', ')}. All else was done as this log says.`,
    where: 'the file that GITHUB_OUTPUT names',
    cause: why,
    fix: 'Let GITHUB_OUTPUT name a file that this step may write, as GitHub does where nobody changes it. Then run it again.',
  };
}
