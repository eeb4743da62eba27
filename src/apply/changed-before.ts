import { Failure } from '../base/failure.ts';
import type { Step } from '../plan/plan.ts';
import { changesSettings } from '../plan/step-kinds.ts';

/**
 * A failure that came after settings had been changed, with what that means: the commit that belongs to them was not made,
 * so the version that was there runs with settings that were not meant for it. Others are given back as they are. Pure.
 */
export function afterChangedSettings(error: unknown, id: string, done: readonly Step[]): unknown {
  const isNew = done.some(({ kind }) => kind === 'create');
  const last = new Map(done.filter(isSetting).map((step) => [nameOf(step), step.kind]));
  if (!(error instanceof Failure) || isNew || last.size === 0 || done.at(-1)?.kind === 'commit') return error;
  const names = [...last.keys()];
  const isDeleted = (name: string) => last.get(name)?.startsWith('delete-') === true;
  const deleted = names.filter(isDeleted);
  const set = names.filter((name) => !isDeleted(name));
  const how = [
    ...(set.length === 0 ? [] : [`with the new ${listed(set)}`]),
    ...(deleted.length === 0 ? [] : [`without ${listed(deleted)}`]),
  ];
  const changed = {
    what: `Settings were changed before this failed, so the previous version runs ${how.join(' and ')}.`,
    where: `Space ${id}`,
    fix: 'Remove the cause above and run it again; what is set already stays. To go back instead, deploy the previous commit of the source with its settings.',
  };
  return new Failure(error.kind, [...error.problems, changed], { cause: error });
}

function isSetting(step: Step): boolean {
  return step.kind !== 'end-dev-mode' && changesSettings([step]);
}

/** Of a variable or a secret its name; of others what they set. */
function nameOf(step: Step): string {
  return 'name' in step ? step.name : step.kind.replace('set-', '');
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
