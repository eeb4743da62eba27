import { Failure } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import type { Plan, Step } from '../plan/plan.ts';

/**
 * A token that was exchanged for the identity of a job may have the right to commit and no other (hub-contract §24, U6).
 * Says what is left out of the plan, where nobody asked for more than a commit.
 *
 * @throws Failure `credentials` where somebody did, and the given error where it is another one
 */
export function leaveOut(session: Session, id: string, { plan, step }: Refused, error: unknown): string {
  if (session.renewal === undefined || !(error instanceof Failure) || error.kind !== 'credentials') throw error;
  const settingsPage = `${session.hub.url}/spaces/${id}/settings`;
  if (!plan.steps.every(isUnasked)) throw asked(error, settingsPage);
  return step.kind === 'set-variable'
    ? `The token of this job may not write settings, so ${step.name} was not set: set the variable ${step.name} to ${JSON.stringify(step.to)} at ${settingsPage}, or another environment may be deployed over this one.`
    : 'The token of this job may not restart the Space, which sleeps: it is visited, which wakes it, too.';
}

interface Refused {
  readonly plan: Plan;
  readonly step: Step;
}

/** Whether a step is a commit, or nothing that an input asks for. */
function isUnasked(step: Step): boolean {
  switch (step.kind) {
    case 'commit':
      return true;
    case 'set-variable':
      return step.name === APP_ENV;
    case 'restart':
      return step.ends === 'sleep';
    default:
      return false;
  }
}

function asked({ problems }: Failure, settingsPage: string): Failure {
  const cause =
    'The token of this job was exchanged for its identity, and such a token may have no right but to commit.';
  const fix = `Do this by hand at ${settingsPage} and leave it out of the inputs, or deploy with an access token (\`token\`).`;
  return new Failure(
    'credentials',
    problems.map((problem) => ({ ...problem, cause, fix })),
  );
}
