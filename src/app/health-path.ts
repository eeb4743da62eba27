import type { Inputs, Sdk } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';

const HEALTH_PATHS: Readonly<Record<Sdk, string>> = {
  docker: '/health',
  streamlit: '/_stcore/health',
  gradio: '/',
  static: '/',
};

/** Where an app says how it is, unless told otherwise. */
export function healthPathOf(inputs: Pick<Inputs, 'healthPath'>, source: Pick<Source, 'asked'>): string {
  return inputs.healthPath ?? HEALTH_PATHS[source.asked];
}
