import type { Inputs, Sdk } from '../inputs/inputs.ts';
import { parseHealthPath } from '../inputs/scalars.ts';
import type { Trailers } from '../marks/trailers.ts';
import type { Source } from '../source/source.ts';

const HEALTH_PATHS: Readonly<Record<Sdk, string>> = {
  docker: '/health',
  streamlit: '/_stcore/health',
  gradio: '/',
  static: '/',
};

/** Where an app says how it is, unless told otherwise. */
export function healthPathOf(inputs: Pick<Inputs, 'healthPath'>, source: Pick<Source, 'requestedSdk'>): string {
  return inputs.healthPath ?? HEALTH_PATHS[source.requestedSdk];
}

/**
 * Where a version that was deployed before says how it is: where its commit says, else where apps of its kind do. Whoever
 * may write to the Space may have written it, so it is held to the form of the input: it cannot lead the token to
 * another host.
 */
export function healthPathBefore(
  { healthPath = '' }: Pick<Trailers, 'healthPath'>,
  source: Pick<Source, 'requestedSdk'>,
): string {
  const said = parseHealthPath(healthPath);
  return (said.ok ? said.value : undefined) ?? HEALTH_PATHS[source.requestedSdk];
}
