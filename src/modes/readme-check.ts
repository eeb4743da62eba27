import type { Session } from '../hub/hub.ts';
import { validateYaml } from '../hub/validate-yaml.ts';

/** The Hub's check of the README: asked for before it is known whether the README changes, so that nobody waits for it. */
export interface ReadmeCheck {
  /** The Hub's warnings, the first time; none later. @throws Failure `inputs` with every error that the Hub finds */
  warnings(): Promise<readonly string[]>;
  /** Gives it up, if it is not needed. */
  drop(): void;
}

export function checkReadme(session: Session, readme: string): ReadmeCheck {
  const unneeded = new AbortController();
  let checked: Promise<readonly string[]> | undefined = validateYaml(
    { ...session, signal: AbortSignal.any([session.signal, unneeded.signal]) },
    readme,
  );
  checked.catch(() => undefined);
  let isTold = false;
  return {
    async warnings() {
      checked ??= validateYaml(session, readme);
      const found = await checked;
      const news = isTold ? [] : found;
      isTold = true;
      return news;
    },
    drop() {
      unneeded.abort();
      // Somebody else may change the README before our commit: then it is asked for again.
      checked = undefined;
    },
  };
}
