import { Failure, type Problem } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import { credentialIn } from '../inputs/credentials.ts';
import { readPreviousValue } from '../marks/previous-value.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { cardChanges } from '../plan/card-changes.ts';
import { isShownToAll, variablesOfStatic } from '../plan/exposed-variables.ts';
import { devMode, wakeUp } from '../plan/make-plan.ts';
import { type Plan, type Step, touchesReadme } from '../plan/plan.ts';
import { restartsOf } from '../plan/restarts.ts';
import { secretsOfStatic } from '../plan/shown-secrets.ts';
import type { PresentSpace } from '../space/space-state.ts';
import type { LookedBack } from './look-back.ts';

const MOST_NAMED = 10;
/** Dates of commits are whole seconds. */
const SECOND_MS = 1_000;
/** With what the descriptions begin that a deployment writes. */
const SET_BY_US = /^Set by Spaceport\b/;

/** What is done about the settings, and what cannot be done. */
interface SettingsPlan {
  readonly steps: readonly Step[];
  readonly warnings: readonly string[];
}

/**
 * What makes a Space an earlier version of itself: its variables and its files, in one commit. Volumes, hardware and
 * visibility stay. What cannot be restored is named in the warnings. Pure.
 *
 * @throws Failure `refused` when the version is static and would show secrets of now to every visitor
 */
export function planVersion(looked: LookedBack): Plan {
  const { space, step, tree, card } = looked;
  const settings = planSettings(looked);
  const commit = step === undefined ? [] : [step];
  const configures = settings.steps.length + devMode(space).length > 0;
  const steps = [...devMode(space), ...settings.steps, ...commit, ...wakeUp(space, commit.length > 0, configures)];
  const shown = isStatic(looked) ? shownByStatic(space, steps) : [];
  if (shown.length > 0) throw new Failure('refused', shown);
  const changed = (step?.added.length ?? 0) + (step?.changed.length ?? 0) + (step?.stored?.length ?? 0);
  return {
    steps,
    unchangedFiles: tree.size - changed,
    unmanaged: { variables: foreignVariables(looked), secrets: [] },
    card: touchesReadme(steps) ? cardChanges(space.card, card) : [],
    restarts: restartsOf(steps, isStatic(looked)),
    warnings: [...historyWarnings(looked), ...settings.warnings, ...lostSecrets(looked)],
  };
}

/** What visitors could read of the settings of now. */
function shownByStatic(space: PresentSpace, steps: readonly Step[]): readonly Problem[] {
  const replaced = new Set(steps.flatMap((step) => ('name' in step ? [step.name] : [])));
  return [...secretsOfStatic(space, steps), ...variablesOfStatic(space, replaced)];
}

/** Whether the version is a static Space. Pure. */
export function isStatic({ card, space }: Pick<LookedBack, 'card' | 'space'>): boolean {
  return (card['sdk'] ?? space.sdk) === 'static';
}

/** Deletions first: a name must not be a variable and a secret even for a moment (hub-contract §14). */
function planSettings(looked: LookedBack): SettingsPlan {
  const { space, settings, choice } = looked;
  const reason = `as in ${choice.version.commit.slice(0, 7)}`;
  const exposed = exposedNames(looked);
  const foreignSecrets = [...settings.variables.keys()].filter(
    (name) => space.secrets.has(name) && !SET_BY_US.test(space.secrets.get(name)?.description ?? ''),
  );
  const kept = new Set([...exposed, ...foreignSecrets]);
  const wanted = [...settings.variables].filter(([name]) => !kept.has(name));
  const differing = wanted.filter(([name, to]) => space.variables.get(name)?.value !== to);
  return {
    steps: [
      ...variablesToDelete(looked).map((name): Step => {
        return { kind: 'delete-variable', name, from: space.variables.get(name)?.value, reason };
      }),
      ...wanted
        .filter(([name]) => space.secrets.has(name))
        .map(([name]): Step => ({ kind: 'delete-secret', name, reason: `${name} was a variable, and cannot be both` })),
      ...differing.map(([name, to]): Step => {
        return { kind: 'set-variable', name, from: space.variables.get(name)?.value, to, reason };
      }),
    ],
    warnings: [
      ...named(exposed, 'Not restored, because everybody could read it, and it contains a credential', 'variable'),
      ...named(foreignSecrets, 'Not restored, because somebody set a secret of the same name', 'variable'),
      ...named(settings.unrecorded, 'Not restored, because its value at that time is not recorded', 'variable'),
      ...named(foreignVariables(looked), 'Left as it is, because no deployment is known to have set it', 'variable'),
      ...(settings.isWhole ? [] : [NOT_WHOLE]),
    ],
  };
}

const NOT_WHOLE =
  'What variables this version had is recorded in part only, because an earlier release of Spaceport made the version after it. Restored are those that deployments changed since; look at the others.';

/** `Left as it is, because …: the variable A.`, or `the variables A, B.` */
function named(names: readonly string[], what: string, kind: string): readonly string[] {
  if (names.length === 0) return [];
  return [`${what}: the ${kind}${names.length === 1 ? '' : 's'} ${firstOf(names, MOST_NAMED)}.`];
}

/** Variables of now that the version did not have, and that a deployment has set. */
function variablesToDelete(looked: LookedBack): readonly string[] {
  const { space, settings } = looked;
  return newVariables(looked).filter(
    (name) => settings.setSince.has(name) || SET_BY_US.test(space.variables.get(name)?.description ?? ''),
  );
}

/** Variables of now that the version did not have, and that somebody else has set. */
function foreignVariables(looked: LookedBack): readonly string[] {
  const ours = new Set(variablesToDelete(looked));
  return newVariables(looked).filter((name) => !ours.has(name));
}

function newVariables({ space, settings: { variables, unrecorded } }: LookedBack): readonly string[] {
  return [...space.variables.keys()].filter(
    (name) => name !== APP_ENV && !variables.has(name) && !unrecorded.includes(name),
  );
}

/** Credentials from when fewer people could see the variables. */
function exposedNames({ space, settings, card }: LookedBack): readonly string[] {
  const sdk = isStatic({ card, space }) ? 'static' : 'docker';
  if (!isShownToAll(space.visibility, sdk)) return [];
  return [...settings.variables]
    .filter(([name, value]) => space.variables.get(name)?.value !== value && credentialIn(value) !== undefined)
    .map(([name]) => name);
}

function historyWarnings({ choice, space }: LookedBack): readonly string[] {
  const { others, version, isRepeated } = choice;
  const commits = others.map(({ id, author }) => `${id.slice(0, 7)}${author === undefined ? '' : ` by ${author}`}`);
  const { environment } = version;
  const now = space.variables.get(APP_ENV)?.value;
  return [
    ...(isRepeated
      ? [
          `The Space was rolled back to ${version.commit.slice(0, 7)} already. To go further back, name a version in \`to\`.`,
        ]
      : []),
    ...(others.length === 0
      ? []
      : [
          `Rolled back as well, and kept in the history of the Space: ${others.length === 1 ? 'a commit' : `${others.length} commits`} of others, ${firstOf(commits, MOST_NAMED)}.`,
        ]),
    ...(environment === undefined || now === undefined || environment === now
      ? []
      : [`That version was deployed to ${environment}. The environment of the Space stays ${now}.`]),
  ];
}

/** Secrets whose values at that time are lost: set again since, or gone. */
function lostSecrets(looked: LookedBack): readonly string[] {
  const { space, settings } = looked;
  const then = settings.secrets;
  const setAgain = [...space.secrets.keys()].filter((name) => isSetAgain(looked, name));
  const gone = [...(then ?? [])].filter((name) => !space.secrets.has(name));
  const lost = [...setAgain.filter((name) => then?.has(name) ?? true), ...gone];
  const added = [...space.secrets.keys()].filter((name) => then?.has(name) === false && !settings.variables.has(name));
  const details = [
    ...(gone.length < lost.length
      ? [`set again since: ${firstOf(lost.slice(0, lost.length - gone.length), MOST_NAMED)}`]
      : []),
    ...(gone.length > 0 ? [`gone: ${firstOf(gone, MOST_NAMED)}`] : []),
  ].join('; ');
  return [
    ...(lost.length === 0
      ? []
      : [
          `Secrets that cannot come back, because their values cannot be read (${details}). Set them again if the restored version needs the old values.`,
        ]),
    ...named(added, 'Left as it is, although that version did not have it', 'secret'),
    ...(then === undefined
      ? ['Which secrets this version had is not recorded: one that was deleted since cannot be named.']
      : []),
  ];
}

/** By the Hub's clock, or because its description names the run of a later version. */
function isSetAgain({ space, choice: { version, later } }: LookedBack, name: string): boolean {
  const { updatedAt = 0, description } = space.secrets.get(name) ?? {};
  const previous = readPreviousValue(description);
  return (
    updatedAt >= Date.parse(version.date ?? '') + SECOND_MS ||
    (previous !== undefined && later.some(({ trailers }) => trailers.runId === previous.runId))
  );
}
