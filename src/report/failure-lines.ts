import type { Failure, Problem } from '../base/failure.ts';
import { plainLine } from '../base/plain-line.ts';

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

/** A short name for the kind of failure, for the title of its annotation. */
export function failureTitle({ kind }: Failure): string {
  const titles: Readonly<Record<Failure['kind'], string>> = {
    inputs: 'Nothing was deployed: the inputs are not right',
    credentials: 'Nothing was deployed: the Hub does not let us in',
    refused: 'Refused',
    drift: 'The Space has drifted',
    hub: 'The Hub did not do it',
    network: 'The Hub could not be reached',
    build: 'The new version was not built',
    start: 'The new version did not start',
    health: 'The new version is not healthy',
    timeout: 'Not proven in time',
    interrupted: 'Cancelled',
  };
  return titles[kind];
}
