import type { Inputs } from '../inputs/inputs.ts';

type Where = Pick<Inputs, 'space' | 'environment'>;

/** What a person is asked before a Space is deleted. Pure. */
export function removalQuestion(where: Where): string {
  return `Delete the Space ${named(where)}? It cannot be restored.`;
}

/** What a person is asked before an earlier version is restored; both commits are whole. Pure. */
export function rollbackQuestion(where: Where, newest: string, version: string): string {
  return `Replace commit ${newest.slice(0, 7)}, the newest of ${named(where)}, by its earlier version ${version.slice(0, 7)}?`;
}

function named({ space, environment }: Where): string {
  return `${space.id} (${environment})`;
}
