import type { Problem } from '../base/failure.ts';
import { placeOf } from './config/config.ts';
import type { Configured } from './config/configure.ts';
import { FORMS, isInputName } from './config/forms.ts';
import { INPUTS, type InputValues } from './inputs.ts';
import type { Parsed } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';

/** What the rows of the table make of the texts, and the names of those that are wrong. */
export interface Parsings {
  readonly values: Partial<InputValues>;
  readonly problems: Problem[];
  readonly wrong: readonly string[];
}

/** Parses every row of the table; `step` is what the step itself gives. */
export function parseAll(configured: Configured, step: RawInputs): Parsings {
  const { raw } = configured;
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [...configured.problems];
  const wrong: string[] = [...(configured.wrong ?? [])];
  for (const [key, { name, parse }] of Object.entries(INPUTS)) {
    const parsed: Parsed<unknown> = parse(raw.text(name), raw);
    if (parsed.ok) values[key] = parsed.value;
    else wrong.push(name);
    // What the file gives is not known, and why has been said.
    const mayBeInFile = FORMS[name].kind !== 'refused';
    const isUnknown = mayBeInFile && raw.text(name) === '' && (configured.wrong?.has(name) ?? true);
    if (!isUnknown) problems.push(...problemsOf(name, parsed, configured, step));
  }
  return { values, problems, wrong };
}

/** The problems of an input, with the place where it stands: the step, or the file. */
export function problemsOf(
  name: string,
  parsed: Parsed<unknown>,
  { values, file = '' }: Configured,
  step: RawInputs,
): readonly Problem[] {
  if (parsed.ok) return [];
  const ofFile = step.text(name) === '' && isInputName(name) ? values.get(name) : undefined;
  const where = ofFile === undefined ? `input \`${name}\`` : placeOf(file, ofFile.value.at);
  return parsed.problems.map((problem) => ({
    where,
    ...problem,
    what: ofFile === undefined ? problem.what : `\`${name}\`: ${problem.what}`,
  }));
}

/** What the inputs would be if none were given, for those that are wrong. */
export function defaults({ env, event }: RawInputs): Partial<InputValues> {
  const values: Record<string, unknown> = {};
  const raw: RawInputs = { text: (name) => (name === 'space' ? 'owner/name' : ''), env, event };
  for (const [key, { parse, name }] of Object.entries(INPUTS)) {
    const parsed: Parsed<unknown> = parse(raw.text(name), raw);
    if (parsed.ok) values[key] = parsed.value;
  }
  return values;
}
