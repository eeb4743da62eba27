import { Failure } from '../base/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readCreator } from '../marks/environment-mark.ts';
import { compareRepository } from '../marks/repository-mark.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import type { PresentSpace } from './space-state.ts';

/**
 * Refuses what is not for this run to change: staging must never overwrite production, nor an older run a newer one.
 *
 * @throws Failure `refused`
 */
export async function refuseForeign(space: PresentSpace, inputs: Inputs): Promise<void> {
  refuseOtherEnvironment(space, inputs);
  if (await isOvertaken(space, inputs)) {
    throw new Failure('refused', {
      where: `Space ${space.id}`,
      what: 'A newer run of this repository has already deployed.',
      cause: `The newest commit was made by ${space.trailers.runUrl ?? `run ${space.trailers.runId}`}.`,
      fix: `Nothing to do, if the newer one is right. To deploy this version again, ${
        inputs.run.system === undefined
          ? 're-run this job or start it by workflow_dispatch'
          : 'start a new pipeline for it'
      }.`,
    });
  }
}

/** The part of it that only the settings of the Space tell. @throws Failure `refused` */
export function refuseOtherEnvironment(space: PresentSpace, inputs: Inputs): void {
  const environment = space.variables.get(APP_ENV)?.value;
  if (environment !== undefined && environment !== inputs.environment) {
    throw new Failure('refused', {
      where: `Space ${space.id}`,
      what: `This Space belongs to the environment ${JSON.stringify(environment)}, and this deployment is for ${JSON.stringify(inputs.environment)}.`,
      cause: whyOfEnvironment(space, environment),
      fix: 'Give each environment a Space of its own. To give this one to another environment, delete its variable APP_ENV in the settings of the Space first.',
    });
  }
  if (space.secrets.has(APP_ENV)) {
    throw new Failure('refused', {
      where: `Space ${space.id}`,
      what: `The Space has a secret named ${APP_ENV}, and its environment is kept in a variable of that name.`,
      cause: 'Spaceport never sets such a secret: somebody set it by hand. A name cannot be both.',
      fix: `Delete the secret ${APP_ENV} in the settings of the Space, or give it another name.`,
    });
  }
}

/** The variables of a Space are copied when it is duplicated, its commits' trailers of ours say more (hub-contract §5.5). */
function whyOfEnvironment({ trailers, variables }: PresentSpace, environment: string): string {
  return trailers.environment === environment || readCreator(variables) !== undefined
    ? 'Its variable APP_ENV says so: it was deployed with another `environment`.'
    : 'Its variable APP_ENV says so, but its newest commit does not: the Space may be a duplicate of another one, whose variables were copied, or its app has an APP_ENV of its own.';
}

async function isOvertaken({ id, trailers }: PresentSpace, { run }: Inputs): Promise<boolean> {
  if (run.isManual || run.id === undefined || trailers.runId === undefined) return false;
  const areNumbers = /^\d+$/.test(trailers.runId) && /^\d+$/.test(run.id);
  if (!areNumbers || BigInt(trailers.runId) <= BigInt(run.id)) return false;
  return (await compareRepository(trailers, run.url, id)) === 'same';
}
