import type { Problem } from '../../base/failure.ts';
import { ownValue } from '../../base/own-value.ts';
import { parseDotenv } from '../dotenv-lines.ts';
import type { InputName } from '../inputs.ts';
import { needsSource } from '../modes.ts';
import type { RawInputs } from '../raw-inputs.ts';
import { type Entry, placeOf } from './config.ts';
import type { Sourced } from './merge-layers.ts';

interface Taken {
  readonly values: ReadonlyMap<InputName, Sourced>;
  readonly problems: readonly Problem[];
}

/** Takes the values of names that stand alone from the environment of the step: all of `secrets`, some of `variables`. */
export function takeFromStep(values: ReadonlyMap<InputName, Sourced>, given: RawInputs, file: string): Taken {
  const mode = given.text('mode') || values.get('mode')?.value.text || 'deploy';
  // A job that removes a Space need not have them.
  const areNeeded = needsSource(mode);
  const problems: Problem[] = [];
  const taken = (['secrets', 'variables'] as const).flatMap((name): [InputName, Sourced][] => {
    const sourced = values.get(name);
    if (sourced?.value.entries === undefined) return [];
    const own = new Set(
      parseDotenv(given.text(name), { env: given.env, hasComments: true }).entries.map((each) => each.name),
    );
    const entries = [...sourced.value.entries].flatMap(([key, entry]): [string, Entry][] => {
      if (entry.value !== undefined) return [[key, entry]];
      if (own.has(key)) return [];
      const value = ownValue(given.env, key);
      if (value === undefined && areNeeded) problems.push({ where: placeOf(file, entry.at), ...missing(name, key) });
      // A secret of a job that does not look at it may be empty, as GitHub hands on one that does not exist.
      return value === undefined || (value === '' && !areNeeded) ? [] : [[key, { ...entry, value }]];
    });
    return [[name, { ...sourced, value: { ...sourced.value, entries: new Map(entries) } }]];
  });
  return { values: new Map([...values, ...taken]), problems };
}

function missing(name: 'secrets' | 'variables', key: string): Problem {
  const kind = name === 'secrets' ? 'secret' : 'variable';
  const context = name === 'secrets' ? 'secrets' : 'vars';
  return {
    what: `The ${kind} ${key} is not in the step's environment.`,
    cause: 'This file has its name alone, so its value comes from there.',
    fix: `Add \`${key}: \${{ ${context}.${key} }}\` under \`env:\` of the step.`,
  };
}
