import { numberOf, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

export interface Runtime {
  /** As the Hub spells it; an open set. */
  readonly stage: string;
  /** The commit that serves; while building, still the old one. Absent when nothing ever ran, and for static Spaces. */
  readonly sha?: string;
  readonly errorMessage?: string;
  /** Flavor that was asked for; absent for static Spaces. */
  readonly hardware?: string;
  /** Seconds without a visit until it sleeps; absent when it never does (hub-contract §13.1). */
  readonly sleepSeconds?: number;
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
  const hardware = textOf(objectOf(body['hardware'])['requested']);
  const sleepSeconds = numberOf(body['gcTimeout']);
  return {
    stage: textOf(body['stage']) ?? 'UNKNOWN',
    ...(sha === undefined ? {} : { sha }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(hardware === undefined ? {} : { hardware }),
    ...(sleepSeconds === undefined ? {} : { sleepSeconds }),
  };
}
