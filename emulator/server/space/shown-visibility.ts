import type { Space, Visibility } from './space.ts';

interface ShownVisibility {
  readonly private: boolean;
  readonly visibility: Visibility | undefined;
}

/** Who may see a Space, as the API shows it. How a protected one is shown is not established (hub-contract §24, U5). */
export function shownVisibility({ visibility, readings }: Space): ShownVisibility {
  if (visibility !== 'protected' || readings.U5 === 'a') return { private: visibility === 'private', visibility };
  return { private: readings.U5 === 'b', visibility: undefined };
}
