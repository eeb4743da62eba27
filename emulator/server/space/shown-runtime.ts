import type { RuntimeAnswer } from '../../space-runtime.ts';
import type { Space } from './space.ts';

/** The runtime as the API shows it. Dev mode is stored in the Space's record, not in what runs the app. */
export function shownRuntime(space: Space): RuntimeAnswer {
  const answer = space.runtime.answer();
  return { ...answer, devMode: space.record.devMode || answer.devMode };
}
