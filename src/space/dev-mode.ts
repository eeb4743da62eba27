import type { Problem } from '../base/failure.ts';
import type { Runtime } from '../hub/runtime.ts';

/** Why nothing can be said of what a Space in dev mode runs; undefined for all others (hub-contract §11). */
export function devModeProblem(id: string, { devMode }: Pick<Runtime, 'devMode'>): Problem | undefined {
  if (devMode !== true) return undefined;
  return {
    where: `Space ${id}`,
    what: 'The Space is in dev mode, so what runs may be the work of a person in place of any commit.',
    cause: 'Files are changed in place there, and the Hub builds no commit.',
    fix: 'End dev mode in the settings of the Space, or deploy to it, which ends it. Then run this again.',
  };
}
