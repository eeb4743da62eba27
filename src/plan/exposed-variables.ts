import type { Problem } from '../base/failure.ts';
import { credentialIn } from '../inputs/credentials.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { SpaceState } from '../space/space-state.ts';

/** Whether everybody can read the variables: of a static Space each visitor gets them (hub-contract §14). */
export function isShownToAll(visibility: string | undefined, sdk: string | undefined): boolean {
  return visibility === 'public' || (visibility === 'protected' && sdk === 'static');
}

/** The credentials that everybody could read in the variables of this Space: those given, and those it has already. */
export function exposedVariables({ variables, visibility }: Inputs, space: SpaceState): readonly Problem[] {
  const given = credentialsIn(variables).map(([name, kind]) => ({
    where: 'input `variables`',
    what: `${name} contains ${kind}, and everybody can read the variables of this Space.`,
    fix: `Give ${name} in \`secrets\`: the app gets it in the same way. If it was public before, replace it with a new one.`,
  }));
  if (space.kind === 'missing' || isShownToAll(space.visibility, space.sdk)) return given;
  const isOpened = visibility.explicit && space.visibility !== visibility.value;
  const becomes = isOpened ? visibility.value : 'static';
  const stored = [...space.variables].flatMap(([name, { value = '' }]) => [[name, value] as const]);
  const opened = credentialsIn(stored.filter(([name]) => !variables.has(name))).map(([name, kind]) => ({
    where: `Space ${space.id}`,
    what: `Its variable ${name} contains ${kind}, and everybody could read it once the Space is ${becomes}.`,
    fix: isOpened
      ? 'Make it a secret, or delete it, before you change the visibility.'
      : 'Delete it before the Space becomes static.',
  }));
  return [...given, ...opened];
}

/** Credentials among the variables of a Space that not everybody can see: many people may see it all the same. */
export function secretVariableWarnings({ variables }: Inputs): readonly string[] {
  return credentialsIn(variables).map(
    ([name, kind]) =>
      `\`variables\`: ${name} contains ${kind}, and everybody who can see the Space can read it. Give it in \`secrets\`.`,
  );
}

function credentialsIn(variables: Iterable<readonly [string, string]>): readonly (readonly [string, string])[] {
  return [...variables].flatMap(([name, value]) => {
    const kind = credentialIn(value);
    return kind === undefined ? [] : [[name, kind] as const];
  });
}
