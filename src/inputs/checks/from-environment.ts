import type { Problem } from '../../base/failure.ts';
import { nearestName } from '../../base/nearest-name.ts';
import { ownValue } from '../../base/own-value.ts';
import { isWithheld } from '../../edges/withheld.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** As people write it. */
export const REFERENCE_FORM = `\`\${NAME}\``;
const REFERENCE = /\$\{([^}]*)\}/g;

/** Whether something of a text would be taken from the environment. */
export function hasReference(text: string): boolean {
  return text.search(REFERENCE) !== -1;
}

/** The values that the `${NAME}` of a text stand for: secrets, as far as anybody knows. */
export function valuesReferredTo(text: string, env: Env): readonly string[] {
  return [...text.matchAll(REFERENCE)].flatMap(([, name = '']) => ownValue(env, name.trim()) ?? []);
}

/** A text with the values of the step's environment in place of each `${NAME}`, or what is wrong with the names. */
export function fillIn(text: string, env: Env): { readonly text: string; readonly problems: readonly Problem[] } {
  const problems = [...text.matchAll(REFERENCE)].flatMap(([, name = '']) => referenceProblem(name, env) ?? []);
  // A function, so that `$&` in a value stays what it is.
  return { text: text.replaceAll(REFERENCE, (_, name: string) => ownValue(env, name) ?? ''), problems };
}

function referenceProblem(name: string, env: Env): Problem | undefined {
  const written = `\${${name}}`;
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    return {
      what: `${JSON.stringify(written)} is not the name of a variable of the environment.`,
      fix: `Write ${REFERENCE_FORM}. A text that has such signs itself goes into \`env:\` of the step, and its name here.`,
    };
  }
  if (isWithheld(name)) {
    return {
      what: `${written} is never sent to an app.`,
      cause: 'It holds a token of the Hub or of GitHub, or leads to one.',
      fix: 'Leave it out: where the Space is private, the request gets past the Hub by itself.',
    };
  }
  const value = ownValue(env, name);
  if (value === undefined) return notSet(written, name, env);
  if (value !== '') return undefined;
  return {
    what: `${written} is empty.`,
    cause: 'A GitHub secret that does not exist arrives empty.',
    fix: 'Check its name in the settings of the repository and the environment.',
  };
}

function notSet(written: string, name: string, env: Env): Problem {
  const names = Object.keys(env).filter((each) => env[each] !== undefined && !isWithheld(each));
  const meant = nearestName(name, names);
  return {
    what: `${written} is not in the step's environment.`,
    fix: `${meant === undefined ? '' : `Did you mean \${${meant}}? `}Add it under \`env:\` of the step.`,
  };
}
