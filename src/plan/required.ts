import { type Problem, wouldBeRefused } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { missingSettings } from '../inputs/required.ts';
import { APP_ENV, DATABASE_URL } from '../marks/setting-names.ts';
import type { Source } from '../source/source.ts';
import type { PresentSpace } from '../space/space-state.ts';

const MOST_NAMED = 20;

type Given = Pick<Inputs, 'required' | 'variables' | 'secrets' | 'settingsStrategy'>;

/** What a Space has now, as far as it matters here. */
type Stored = { readonly kind: 'missing' } | Pick<PresentSpace, 'kind' | 'variables' | 'secrets'>;

/** What the Space must have and will not have; what `mirror` deletes counts as missing. Pure. */
export function requiredProblems(inputs: Given, space: Stored): readonly Problem[] {
  const has = namesAfter(inputs, space);
  const missing = (inputs.required ?? []).filter((name) => !has.has(name));
  return missing.length === 0 ? [] : [missingSettings(missing)];
}

/** A deployment that would be refused for it is only warned about in a plan, which is how people look first. Pure. */
export function requiredWarnings(inputs: Given & Pick<Inputs, 'mode'>, space: Stored): readonly string[] {
  if (inputs.mode !== 'plan') return [];
  return requiredProblems(inputs, space).map(({ what }) => wouldBeRefused(what));
}

/** The names that `.env.example` has without a value, and that nobody gives. Pure. */
export function exampleWarnings(
  inputs: Given,
  source: Pick<Source, 'sdk' | 'exampleNames'>,
  space: Stored,
): readonly string[] {
  if (source.sdk === 'static') return [];
  const has = namesAfter(inputs, space);
  const required = new Set(inputs.required);
  const missing = (source.exampleNames ?? []).filter((name) => !has.has(name) && !required.has(name));
  if (missing.length === 0) return [];
  return [
    `\`.env.example\` names ${firstOf(missing, MOST_NAMED)} without a value, and neither the Space nor this deployment has such a variable or secret. If the app needs it, give it in \`variables\` or \`secrets\`.`,
  ];
}

/** Names of variables and secrets when the deployment is done. */
function namesAfter({ variables, secrets, settingsStrategy }: Given, space: Stored): ReadonlySet<string> {
  const stored = space.kind === 'present' ? [...space.variables.keys(), ...space.secrets.keys()] : [];
  const hasDatabase = space.kind === 'present' && space.secrets.has(DATABASE_URL);
  // An existing secret DATABASE_URL is never deleted.
  const kept = settingsStrategy === 'mirror' ? (hasDatabase ? [DATABASE_URL] : []) : stored;
  return new Set([APP_ENV, ...kept, ...variables.keys(), ...secrets.keys()]);
}
