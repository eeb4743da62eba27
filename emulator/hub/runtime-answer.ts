import type { RuntimeAnswer } from '../runtime/types.ts';
import type { Space } from './space/space.ts';

/** The runtime as the API shows it: dev mode is kept here, not by what runs the app. */
export function runtimeAnswer(space: Space): RuntimeAnswer {
  const answer = space.runtime.answer();
  return { ...answer, devMode: space.record.devMode || answer.devMode };
}
