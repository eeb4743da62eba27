import type { Problem } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import { SHOWN_BY_STATIC } from '../inputs/settings.ts';
import type { PresentSpace } from '../space/space-state.ts';
import { isShownToAll } from './exposed-variables.ts';
import type { Step } from './plan.ts';

/** Names of secrets in one message. */
const MOST_NAMED = 10;

/** What is known of a Space before its SDK may change. */
type Before = Pick<PresentSpace, 'id' | 'sdk' | 'secrets' | 'areSecretsHidden'>;

/** Secrets of the Space that its visitors could read, because a version of it is static that was not: a reason to refuse. */
export function secretsOfStatic(space: Before, steps: readonly Step[]): readonly Problem[] {
  const deleted = new Set(steps.flatMap((step) => (step.kind === 'delete-secret' ? [step.name] : [])));
  const kept = [...space.secrets.keys()].filter((name) => !deleted.has(name));
  if (space.sdk === 'static') return [];
  if (space.areSecretsHidden === true) return [mayBeShown(space.id)];
  if (kept.length === 0) return [];
  return [
    {
      where: `Space ${space.id}`,
      what: `Every visitor could read its secrets once it is static: ${firstOf(kept, MOST_NAMED)}.`,
      cause: SHOWN_BY_STATIC,
      fix: 'Delete them in the settings of the Space, then run it again; or give the static site a Space of its own.',
    },
  ];
}

function mayBeShown(id: string): Problem {
  return {
    where: `Space ${id}`,
    what: 'This token may not list the secrets of the Space, and every visitor could read them once it is static.',
    cause: SHOWN_BY_STATIC,
    fix: 'Use a token that may write to the Space, which shows whether there are any; or give the static site a Space of its own.',
  };
}

/** Secrets that would be set while a static version still serves, which shows them to everybody until the new one runs. */
export function secretsBeforeBuild(space: Before, steps: readonly Step[], visibility: string): readonly Problem[] {
  const set = steps.flatMap((step) => (step.kind === 'set-secret' ? [step.name] : []));
  if (space.sdk !== 'static' || set.length === 0 || !isShownToAll(visibility, 'static')) return [];
  return [
    {
      where: 'input `secrets`',
      what: `The Space is static until the new version runs, and every visitor could read ${firstOf(set, MOST_NAMED)} until then.`,
      cause: SHOWN_BY_STATIC,
      fix: 'Give the new app a Space of its own; or deploy it with `visibility: private`; or once without these secrets, and then with them.',
    },
  ];
}
