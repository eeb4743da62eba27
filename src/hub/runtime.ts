import type { Hub } from './hub.ts';
import { objectOf, textOf } from './json.ts';
import { accepted } from './refusal.ts';
import { send } from './send.ts';

export interface Runtime {
  /** As the Hub spells it; an open set. */
  readonly stage: string;
  /** The commit that serves; while building, still the old one. Absent when nothing ever ran, and for static Spaces. */
  readonly sha?: string;
  readonly errorMessage?: string;
}

/** What runs now. Never cached: the Hub is asked each time. */
export async function getRuntime(hub: Hub, id: string): Promise<Runtime> {
  const call = {
    what: `say what runs in ${id}`,
    method: 'GET',
    path: `/api/spaces/${id}/runtime`,
    expects: 'json',
    repeatable: true,
  } as const;
  return readRuntime(accepted(call, await send(hub, call)).json);
}

export function readRuntime(value: unknown): Runtime {
  const body = objectOf(value);
  const sha = textOf(body['sha']);
  const errorMessage = textOf(body['errorMessage']);
  return {
    stage: textOf(body['stage']) ?? 'UNKNOWN',
    ...(sha === undefined ? {} : { sha }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
}
