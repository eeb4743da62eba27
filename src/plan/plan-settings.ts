import type { Inputs } from '../inputs/inputs.ts';
import { APP_ENV, DATABASE_URL } from '../marks/setting-names.ts';
import type { SecretStatus } from '../space/compare.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { Step } from './plan.ts';

/** An empty `database-url` means that it was not supplied, and then nothing is blanked. */
const NEVER_BLANKED = DATABASE_URL;

const WHY_SECRET: Readonly<Record<Exclude<SecretStatus, 'same'>, string>> = {
  new: 'the Space has none',
  changed: 'its value is another one',
  unrecognised: 'the one there bears no fingerprint, so its value cannot be told',
};

/**
 * Only differences; deletions first, so that no name is a variable and a secret at once even for a moment: the Hub
 * takes a Space down for that (hub-contract §14).
 */
export function planSettings(inputs: Inputs, space: SpaceState, standings: ReadonlyMap<string, SecretStatus>) {
  const variables = new Map([[APP_ENV, inputs.environment], ...inputs.variables]);
  const there = space.kind === 'present' ? space : { variables: new Map(), secrets: new Map() };
  const mirror = inputs.settingsStrategy === 'mirror';
  const named = (name: string) => variables.has(name) || inputs.secrets.has(name);

  const deletions = [
    ...[...there.variables].flatMap(([name, stored]): Step[] => {
      const because = whyDelete(name, inputs.secrets.has(name), mirror && !variables.has(name), 'secret');
      return because === undefined
        ? []
        : [
            {
              kind: 'delete-variable',
              name,
              ...(stored.value === undefined ? {} : { from: stored.value }),
              reason: because,
            },
          ];
    }),
    ...[...there.secrets.keys()].flatMap((name): Step[] => {
      const because = whyDelete(
        name,
        variables.has(name),
        mirror && !inputs.secrets.has(name) && name !== NEVER_BLANKED,
        'variable',
      );
      return because === undefined ? [] : [{ kind: 'delete-secret', name, reason: because }];
    }),
  ];
  const setVariables = [...variables].flatMap(([name, to]): Step[] => {
    const from = there.variables.get(name)?.value;
    if (from === to) return [];
    return [
      {
        kind: 'set-variable',
        name,
        to,
        ...(from === undefined ? {} : { from }),
        reason: from === undefined ? 'the Space has none' : 'its value is another one',
      },
    ];
  });
  const setSecrets = [...standings].flatMap(([name, standing]): Step[] =>
    standing === 'same' ? [] : [{ kind: 'set-secret', name, standing, reason: WHY_SECRET[standing] }],
  );
  const unmanaged = (names: Iterable<string>) => (mirror ? [] : [...names].filter((name) => !named(name)));
  return {
    steps: [...deletions, ...setVariables, ...setSecrets],
    unmanaged: { variables: unmanaged(there.variables.keys()), secrets: unmanaged(there.secrets.keys()) },
  };
}

function whyDelete(name: string, isNowTheOther: boolean, isUnnamed: boolean, other: string): string | undefined {
  if (isNowTheOther) return `${name} is a ${other} from now on, and cannot be both`;
  return isUnnamed ? 'no input names it, and `settings-strategy` is mirror' : undefined;
}
