import { Failure } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { APP_ENV, DATABASE_URL } from '../marks/setting-names.ts';
import type { SecretStatus } from '../space/compare.ts';
import type { SpaceState, StoredSetting } from '../space/space-state.ts';
import type { Plan, Step } from './plan.ts';

/** An empty `database-url` means that it was not given: then the secret stays as it is. */
const NEVER_DELETED = DATABASE_URL;

const WHY_SECRET: Readonly<Record<Exclude<SecretStatus, 'same'>, string>> = {
  new: 'the Space has none',
  changed: 'its value differs',
  unrecognised: 'the one there has no fingerprint, so its value is not known',
};

/** Names of secrets in one message. */
const MOST_NAMED = 10;

type Stored = ReadonlyMap<string, StoredSetting>;

/** What the Space should have, and what it has. */
interface Settings {
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: Inputs['secrets'];
  readonly stored: { readonly variables: Stored; readonly secrets: Stored };
  /** Whether names that no input names are deleted. */
  readonly isMirror: boolean;
}

/**
 * Only differences; deletions first, so that no name is a variable and a secret at once even for a moment: the Hub
 * takes a Space down for that (hub-contract §14). Pure.
 *
 * @throws Failure `refused` when every secret of the Space would be deleted because none was given
 */
export function planSettings(
  inputs: Inputs,
  space: SpaceState,
  statuses: ReadonlyMap<string, SecretStatus>,
): Pick<Plan, 'steps' | 'unmanaged'> {
  const settings: Settings = {
    variables: new Map([[APP_ENV, inputs.environment], ...inputs.variables]),
    secrets: inputs.secrets,
    stored: space.kind === 'present' ? space : { variables: new Map(), secrets: new Map() },
    isMirror: inputs.settingsStrategy === 'mirror',
  };
  refuseEmptyMirror(settings, inputs.databaseUrl !== undefined);
  const setSecrets = [...statuses].flatMap(([name, standing]): Step[] =>
    standing === 'same' ? [] : [{ kind: 'set-secret', name, standing, reason: WHY_SECRET[standing] }],
  );
  return {
    steps: [
      ...variablesToDelete(settings),
      ...secretsToDelete(settings),
      ...[...settings.variables].flatMap(([name, to]) => variableToSet(settings, name, to)),
      ...setSecrets,
    ],
    unmanaged: unmanaged(settings),
  };
}

/** An empty `secrets` is what a GitHub secret that does not exist looks like, and secrets cannot be restored. */
function refuseEmptyMirror(settings: Settings, hasDatabaseUrl: boolean): void {
  const isEmpty = settings.secrets.size === (hasDatabaseUrl ? 1 : 0);
  const lost = secretsToDelete(settings).flatMap((step) => ('name' in step ? [step.name] : []));
  if (!settings.isMirror || !isEmpty || lost.length === 0) return;
  throw new Failure('refused', {
    where: 'input `secrets`',
    what: `No secret is given, and \`settings-strategy: mirror\` would delete those that the Space has: ${firstOf(lost, MOST_NAMED)}.`,
    cause: 'A GitHub secret that does not exist arrives empty.',
    fix: 'Name at least one secret in `secrets`, or set `settings-strategy: merge`. To delete them all, do so in the settings of the Space.',
  });
}

function variablesToDelete({ variables, secrets, stored, isMirror }: Settings): readonly Step[] {
  return [...stored.variables].flatMap(([name, { value }]): Step[] => {
    const reason = whyDelete(name, secrets.has(name) && 'secret', isMirror && !variables.has(name));
    return reason === undefined ? [] : [{ kind: 'delete-variable', name, from: value, reason }];
  });
}

function secretsToDelete({ variables, secrets, stored, isMirror }: Settings): readonly Step[] {
  return [...stored.secrets.keys()].flatMap((name): Step[] => {
    const isUnnamed = isMirror && !secrets.has(name) && name !== NEVER_DELETED;
    const reason = whyDelete(name, variables.has(name) && 'variable', isUnnamed);
    return reason === undefined ? [] : [{ kind: 'delete-secret', name, reason }];
  });
}

/** `becomes` is what the name is from now on, when that is the other of the two. */
function whyDelete(name: string, becomes: 'variable' | 'secret' | false, isUnnamed: boolean): string | undefined {
  if (becomes) return `${name} is a ${becomes} from now on, and cannot be both`;
  return isUnnamed ? 'no input names it, and `settings-strategy` is mirror' : undefined;
}

function variableToSet({ stored }: Settings, name: string, to: string): readonly Step[] {
  const from = stored.variables.get(name)?.value;
  if (from === to) return [];
  const reason = from === undefined ? 'the Space has none' : 'its value differs';
  return [{ kind: 'set-variable', name, to, from, reason }];
}

function unmanaged({ variables, secrets, stored, isMirror }: Settings): Plan['unmanaged'] {
  const names = (all: Stored) =>
    isMirror ? [] : [...all.keys()].filter((name) => !variables.has(name) && !secrets.has(name));
  return { variables: names(stored.variables), secrets: names(stored.secrets) };
}
