import type { Problem } from '../base/failure.ts';
import { credentialIn } from '../inputs/credentials.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { PresentSpace, SpaceState } from '../space/space-state.ts';

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
  const names = new Set(variables.keys());
  return [
    ...given,
    ...(isOpened ? storedCredentials(space, names, visibility.value) : variablesOfStatic(space, names)),
  ];
}

/** The credentials in the variables of a Space that everybody could read once it is static; those `replaced` are set or deleted before. */
export function variablesOfStatic(space: Stored, replaced: ReadonlySet<string>): readonly Problem[] {
  const isShown = isShownToAll(space.visibility, space.sdk) || !isShownToAll(space.visibility, 'static');
  return isShown ? [] : storedCredentials(space, replaced, 'static');
}

type Stored = Pick<PresentSpace, 'id' | 'sdk' | 'variables' | 'visibility'>;

function storedCredentials(
  { id, variables }: Stored,
  replaced: ReadonlySet<string>,
  becomes: string,
): readonly Problem[] {
  const stored = [...variables].flatMap(([name, { value = '' }]) =>
    replaced.has(name) ? [] : [[name, value] as const],
  );
  return credentialsIn(stored).map(([name, kind]) => ({
    where: `Space ${id}`,
    what: `Its variable ${name} contains ${kind}, and everybody could read it once the Space is ${becomes}.`,
    fix:
      becomes === 'static'
        ? 'Delete it before the Space becomes static.'
        : 'Make it a secret, or delete it, before you change the visibility.',
  }));
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
