import { Failure } from '../base/failure.ts';
import type { SpaceId } from '../inputs/space-id.ts';

/** Whether the Hub answers for another Space than was asked for: it follows a rename by itself (hub-contract §1). Case aside. */
export function isRenamed(asked: SpaceId, id: string): boolean {
  return asked.id.toLowerCase() !== id.toLowerCase();
}

/** Says the new name of a Space, for who goes on with it. */
export function renamedWarning(asked: SpaceId, id: string): string {
  return `The Space ${asked.id} is called ${id} now, and this run continues there. Write \`space: ${id}\` into the workflow: whoever makes a new Space ${asked.id} would get the next deployment.`;
}

/** @throws Failure `refused` when the Space to remove has been renamed since: its new name is nobody's word */
export function refuseRenamed(asked: SpaceId, id: string): void {
  if (!isRenamed(asked, id)) return;
  throw new Failure('refused', {
    where: `Space ${id}`,
    what: `Nothing was removed: ${asked.id} was to be removed, and the Hub answers with ${id}.`,
    cause: 'The Space was renamed or moved, and the Hub redirects from its old name to the new one.',
    fix: `If ${id} is what you want to remove, name it as \`space\`, or delete it by hand in its settings.`,
  });
}
