import type { Problem } from '../../base/failure.ts';
import type { InputName } from '../inputs.ts';
import { type Entry, placeOf } from './config.ts';
import type { Sourced } from './merge-layers.ts';

/** What the values of a preview have in the place of its number. */
const NUMBER = `\${number}`;

interface Filled {
  readonly values: ReadonlyMap<InputName, Sourced>;
  readonly problems: readonly Problem[];
  readonly wrong: readonly InputName[];
}

/**
 * Fills the number in: what stands in the place of the pattern's `*`, else the number of the pull request. Where there
 * is neither, every value that wants it is a problem.
 */
export function fillNumber(values: ReadonlyMap<InputName, Sourced>, number: string | undefined, file: string): Filled {
  const problems: Problem[] = [];
  const wrong: InputName[] = [];
  const filled = [...values].flatMap(([name, sourced]): [InputName, Sourced][] => {
    if (!JSON.stringify(contentOf(sourced)).includes(NUMBER)) return [[name, sourced]];
    if (number !== undefined) return [[name, filledWith(sourced, number)]];
    problems.push({ where: placeOf(file, sourced.value.at), ...noNumber(name) });
    wrong.push(name);
    return [];
  });
  return { values: new Map(filled), problems, wrong };
}

function contentOf({ value: { text, entries } }: Sourced): unknown {
  return [text, ...(entries ?? [])];
}

function noNumber(name: InputName): Problem {
  return {
    what: `\`${name}\` has ${NUMBER} in it, and there is no number here.`,
    cause: 'The environment was not chosen by a pattern such as preview-*, and this run is not that of a pull request.',
    fix: 'Give the step an `environment` that a pattern matches, or move the value to such an environment.',
  };
}

function filledWith({ value, ...from }: Sourced, number: string): Sourced {
  const entries =
    value.entries &&
    [...value.entries].map(([key, entry]): [string, Entry] => [key, { ...entry, value: deep(entry.value, number) }]);
  return {
    ...from,
    value: { ...value, text: value.text.replaceAll(NUMBER, number), entries: entries && new Map(entries) },
  };
}

function deep(value: unknown, number: string): unknown {
  if (typeof value === 'string') return value.replaceAll(NUMBER, number);
  if (Array.isArray(value)) return value.map((each) => deep(each, number));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deep(each, number)]));
}
