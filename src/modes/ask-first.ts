import type { Inputs } from '../inputs/inputs.ts';

/** What a person is asked before a mode begins that takes something away; undefined for all others. Pure. */
export function questionBefore({
  mode,
  space,
  environment,
}: Pick<Inputs, 'space' | 'environment'> & { readonly mode: string }): string | undefined {
  const where = `${space.id} (${environment})`;
  switch (mode) {
    case 'remove':
      return `Delete the Space ${where}? It cannot be restored.`;
    case 'rollback':
      return `Replace what runs in ${where} by an earlier version?`;
    default:
      return undefined;
  }
}
