import type { Failure, Problem } from '../base/failure.ts';
import { plainLine } from '../base/plain-line.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** A problem as one annotation: everything but the evidence. */
export function problemText({ what, where, cause, fix }: Problem): string {
  return [
    what,
    ...(where === undefined ? [] : [`Where: ${where}`]),
    ...(cause === undefined ? [] : [`Cause: ${cause}`]),
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
  ]
    .map(plainLine)
    .join('\n');
}

/** What a mode brings to run. */
const VERSION: Readonly<Record<Inputs['mode'], string>> = {
  deploy: 'The new version',
  plan: 'The new version',
  remove: 'The new version',
  rollback: 'The restored version',
  restart: 'The restarted version',
};

/** A short name for the kind of failure, for the title of its annotation. */
export function failureTitle({ kind }: Failure, mode: Inputs['mode']): string {
  const version = VERSION[mode];
  const titles: Readonly<Record<Failure['kind'], string>> = {
    inputs: 'Nothing was deployed: the inputs are not right',
    credentials: 'Nothing was deployed: the Hub does not let us in',
    refused: 'Refused',
    drift: 'The Space has drifted',
    hub: 'The Hub did not do it',
    network: 'The Hub could not be reached',
    build: `${version} was not built`,
    start: `${version} did not start`,
    health: `${version} is not healthy`,
    timeout: 'Not proven in time',
    interrupted: 'Cancelled',
  };
  return titles[kind];
}
