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
  verify: 'The newest commit',
  remove: 'The new version',
  rollback: 'The restored version',
  restart: 'The restarted version',
};

/** A short name for the kind of failure, for the title of its annotation. */
export function failureTitle({ kind }: Failure, mode: Inputs['mode']): string {
  return (mode === 'verify' ? OF_VERIFY[kind] : undefined) ?? titleOf(kind, VERSION[mode]);
}

/** Where nothing was to be deployed. */
const OF_VERIFY: Readonly<Partial<Record<Failure['kind'], string>>> = {
  inputs: 'Nothing was verified: the inputs are not right',
  credentials: 'Nothing was verified: the Hub does not let us in',
  drift: 'The Space is not what it should be',
  hub: 'The Hub did not answer as it should',
  start: 'The newest commit does not run',
};

function titleOf(kind: Failure['kind'], version: string): string {
  const titles: Readonly<Record<Failure['kind'], string>> = {
    inputs: 'Nothing was deployed: the inputs are not right',
    unconfirmed: 'Nothing was done: this needs a yes',
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
    bug: 'Spaceport itself failed',
  };
  return titles[kind];
}
