import type { SpaceId } from '../inputs/space-id.ts';

/** Whether the Hub answers for another Space than was asked for: it follows a rename by itself (hub-contract §1). Case aside. */
export function isRenamed(asked: SpaceId, id: string): boolean {
  return asked.id.toLowerCase() !== id.toLowerCase();
}

/** Says the new name of a Space, for who goes on with it. */
export function renamedWarning(asked: SpaceId, id: string): string {
  return `The Space ${asked.id} is called ${id} now, and this run continues there. Write \`space: ${id}\` into the workflow: whoever makes a new Space ${asked.id} would get the next deployment.`;
}
