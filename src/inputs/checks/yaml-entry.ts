import { isMap, isScalar, type LineCounter, type Node, type YAMLMap } from 'yaml';
import type { Problem } from '../../base/failure.ts';
import { nearestName } from '../../base/nearest-name.ts';
import { isEmpty, textOf as writtenText } from '../yaml-nodes.ts';

export { isEmpty };

/** What is read so far, and what it needs: every problem names its line, and none a value. */
export interface Reading {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tokens that must not be sent to the app. */
  readonly tokens: readonly string[];
  readonly lines: LineCounter;
  readonly problems: Problem[];
  /** What was put in place of each `${NAME}`: secrets, as far as anybody knows. */
  readonly taken: string[];
}

/** A key of a map with its value; the node of the key says where that is. */
export interface Field {
  readonly name: string;
  readonly key: Node;
  readonly value: Node | null;
}

export function addProblem({ lines, problems }: Reading, at: Node, problem: Problem): void {
  const line = at.range ? lines.linePos(at.range[0]).line : 1;
  problems.push({ ...problem, what: `Line ${line}: ${problem.what}` });
}

/** The fields of a map. */
export function fieldsOf(map: YAMLMap): readonly Field[] {
  return map.items.map(({ key, value }) => ({
    name: isScalar(key) ? (textOf(key) ?? '') : '',
    key: key as Node,
    value: value as Node | null,
  }));
}

/** The fields of a map by their name; one whose name is not known is a problem. */
export function knownFields<Name extends string>(
  reading: Reading,
  map: YAMLMap,
  what: string,
  names: readonly Name[],
): Partial<Record<Name, Field>> {
  const found: Partial<Record<Name, Field>> = {};
  for (const field of fieldsOf(map)) {
    const known = names.find((name) => name === field.name);
    if (known !== undefined) found[known] = field;
    else {
      const meant = nearestName(field.name, names);
      addProblem(reading, field.key, {
        what: `${JSON.stringify(field.name)} is not a key of ${what}.`,
        fix: `${meant === undefined ? '' : `Did you mean \`${meant}\`? `}Its keys are ${names.join(', ')}.`,
      });
    }
  }
  return found;
}

/** A scalar as text: what is written, `1.10` too; undefined for a list, a map or nothing. */
export function textOf(node: unknown): string | undefined {
  return isEmpty(node) ? undefined : writtenText(node);
}

/** The text of a field; that it has none is a problem. */
export function fieldText(reading: Reading, { name, key, value }: Field): string | undefined {
  const text = textOf(value);
  if (text !== undefined) return text;
  const what = isEmpty(value) ? `\`${name}\` has no value.` : `\`${name}\` is not a text.`;
  addProblem(reading, key, {
    what,
    fix: `Write \`${name}: value\`, with the value in quotes where it has \`: \` or \` #\`.`,
  });
  return undefined;
}

/** The map of a field; that it is none is a problem. */
export function fieldMap(reading: Reading, { name, key, value }: Field, form: string): YAMLMap | undefined {
  if (isMap(value)) return value;
  addProblem(reading, key, { what: `\`${name}\` is not a map.`, fix: `Write ${form}.` });
  return undefined;
}

/** Whether a text can be the name of a header (RFC 9110, 5.6.2). */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name);
}
