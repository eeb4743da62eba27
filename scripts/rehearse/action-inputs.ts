import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ROOT } from './root.ts';

export interface ActionInput {
  readonly name: string;
  readonly description: string;
  /** What GitHub's runner sets when a workflow says nothing. */
  readonly default: string;
}

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly description?: string; readonly default?: unknown }>>;
}

/** The inputs from action.yml, which are also the flags of the rehearsal: there is no second list. */
export function readActionInputs(): readonly ActionInput[] {
  const { inputs } = parse(readFileSync(`${ROOT}/action.yml`, 'utf8')) as Manifest;
  return Object.entries(inputs).map(([name, { description = '', default: value }]) => ({
    name,
    description,
    default: withoutExpression(String(value ?? '')),
  }));
}

/** `${{ github.token }}` has no value here. */
function withoutExpression(value: string): string {
  return value.includes('${{') ? '' : value;
}
