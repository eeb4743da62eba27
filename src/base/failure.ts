/**
 * The closed set of ways a run can end badly. Whoever handles one can switch over it; a person reads `problems`.
 *
 * - `inputs`: an input, or the directory to deploy, is not as it must be; no version of it was made
 * - `unconfirmed`: it takes something away or costs money, and nobody was there to say yes
 * - `credentials`: no token, or one that the Hub does not accept for this
 * - `refused`: what was asked for would do harm (another environment's Space, a newer run's content, secrets in public)
 * - `drift`: a plan was expected to come to nothing, and does not
 * - `hub`: the Hub said no, or something that cannot be understood
 * - `network`: the Hub could not be reached, or did not answer in time
 * - `build`, `start`, `health`: the deployment was made, and the app is not healthy
 * - `timeout`: it may become well yet, but not within `timeout`
 * - `interrupted`: the job was cancelled
 * - `bug`: Spaceport met something that it was not written for
 */
export type FailureKind =
  | 'inputs'
  | 'unconfirmed'
  | 'credentials'
  | 'refused'
  | 'drift'
  | 'hub'
  | 'network'
  | 'build'
  | 'start'
  | 'health'
  | 'timeout'
  | 'interrupted'
  | 'bug';

/** One thing that is wrong, for the person who reads it. */
export interface Problem {
  /** What is wrong, as one sentence. */
  readonly what: string;
  /** Where: the input, file or request. */
  readonly where?: string | undefined;
  /** Why, as far as it can be known. */
  readonly cause?: string | undefined;
  /** What to do about it. */
  readonly fix?: string | undefined;
  /** Untrusted lines that show it: the end of a log, the start of a body. */
  readonly evidence?: readonly string[] | undefined;
}

/** The one error that this action throws on purpose. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly problems: readonly Problem[];

  constructor(kind: FailureKind, problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const all = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(all.map((problem) => problem.what).join('\n'), options);
    this.name = 'Failure';
    this.kind = kind;
    this.problems = all;
  }
}

/** What a plan warns of in place of refusing it: people look with a plan before all is as it must be. */
export function wouldBeRefused(what: string): string {
  return `As things are, it would be refused: ${what}`;
}

/** The Failure that an error is, or that led to it: whoever reads the body of a request may wrap what it throws. */
export function failureIn(error: unknown): Failure | undefined {
  const seen = new Set<unknown>();
  for (let each = error; each instanceof Error && !seen.has(each); each = each.cause) {
    if (each instanceof Failure) return each;
    seen.add(each);
  }
  return undefined;
}

/** Any thrown value as a Failure; one that we did not foresee is a bug of ours and says so. */
export function asFailure(error: unknown, interrupted: boolean): Failure {
  if (interrupted) {
    return new Failure('interrupted', {
      what: 'The job was cancelled before the deployment was proven.',
      cause: error instanceof Failure ? error.message : 'A signal to stop arrived.',
      fix: 'Run it again: every step can be repeated, and what is already done is recognised.',
    });
  }
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Failure(
    'bug',
    {
      what: 'Spaceport met something that it was not written for.',
      evidence: message.split('\n'),
      fix: 'Please report this with the lines above; running again is safe.',
    },
    { cause: error },
  );
}
