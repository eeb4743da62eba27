import { Failure } from '../base/failure.ts';
import type { Step } from '../plan/plan.ts';
import { changesSettings } from '../plan/step-kinds.ts';

/**
 * A failure that came after settings had been changed, with what that means: the commit that belongs to them was not made,
 * so what runs has settings that were not meant for it. Other errors are given back as they are. Pure.
 */
export function afterChangedSettings(error: unknown, id: string, done: readonly Step[]): unknown {
  const isNew = done.some(({ kind }) => kind === 'create');
  const last = new Map(done.filter(isSetting).map((step) => [nameOf(step), step.kind]));
  const isCommitted = done.some(({ kind }) => kind === 'commit');
  if (!(error instanceof Failure) || isNew || isCommitted || last.size === 0) return error;
  const names = [...last.keys()];
  const isDeleted = (name: string) => last.get(name)?.startsWith('delete-') === true;
  const deleted = names.filter(isDeleted);
  const set = names.filter((name) => !isDeleted(name));
  const how = [
    ...(set.length === 0 ? [] : [`set ${listed(set)}`]),
    ...(deleted.length === 0 ? [] : [`deleted ${listed(deleted)}`]),
  ];
  const changed = {
    what: `Before it failed, this run ${how.join(', and ')}: what runs now has these settings, unless they were changed again since.`,
    where: `Space ${id}`,
    fix: 'When the cause above is gone, deploy what should run once more: that sets its settings, too.',
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
