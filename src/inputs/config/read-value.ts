import type { Node } from 'yaml';
import type { InputName } from '../inputs.ts';
import { textOf } from '../yaml-nodes.ts';
import type { FileValue } from './config.ts';
import { choicesOf } from './examples.ts';
import { FORMS } from './forms.ts';
import { found, type OneValue, wrongType } from './one-value.ts';
import { readList } from './read-list.ts';
import { readMap, readMaps } from './read-maps.ts';
import { readNames } from './read-names.ts';
import { readSettings } from './read-settings.ts';
import type { Reading } from './reading.ts';

/** What the file gives for an input; undefined where it cannot be read, which is reported. */
export function readValue(node: Node, name: InputName, reading: Reading): FileValue | undefined {
  const form = FORMS[name];
  const value = { node, name, reading };
  switch (form.kind) {
    case 'text':
      return readText(value);
    case 'flag':
      return readText(value, /^(true|false|)$/, 'true or false');
    case 'number':
      return readText(value, /^(-?\d+|)$/, 'a whole number');
    case 'choice':
      return readChoice(value);
    case 'list':
      return readList(value, form.joins);
    case 'settings':
      return readSettings(value);
    case 'names':
      return readNames(value);
    case 'map':
      return readMap(value);
    case 'maps':
      return readMaps(value);
    case 'refused':
      return undefined;
    default:
      return form satisfies never;
  }
}

function readText(value: OneValue, form?: RegExp, expected = 'a single value'): FileValue | undefined {
  const text = textOf(value.node)?.trim();
  if (text === undefined) return wrongType(value, expected);
  return form === undefined || form.test(text) ? found(value, text) : wrongType(value, expected, text);
}

function readChoice(value: OneValue): FileValue | undefined {
  const choices = choicesOf(value.name) ?? [];
  const text = textOf(value.node)?.trim();
  const expected = `one of: ${choices.join(', ')}`;
  if (text === undefined) return wrongType(value, expected);
  return text === '' || choices.includes(text) ? found(value, text) : wrongType(value, expected, text);
}
