import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { itemsOf, kindOf, textOf } from '../yaml-nodes.ts';
import type { FileValue } from './config.ts';
import { itemExampleOf } from './examples.ts';
import { found, type OneValue, wrongType } from './one-value.ts';
import { scalarEntries } from './read-settings.ts';

/** A list of texts; with `joins`, also a map. */
export function readList(value: OneValue, joins: string | undefined): FileValue | undefined {
  const { node, reading } = value;
  if (isScalar(node)) return found(value, (textOf(node) ?? '').trim());
  if (isMap(node) && joins !== undefined) {
    const entries = scalarEntries(value, node);
    return entries && { at: reading.at(node), text: '', entries };
  }
  if (!isSeq(node)) return wrongType(value, 'a list');
  const lines = itemsOf(node).map((item) => lineOf(value, item));
  const whole = lines.filter((line) => line !== undefined);
  return whole.length === lines.length ? found(value, whole.join('\n')) : undefined;
}

/** An item as a line of the text that the step would be given; quoted where a sign in it would be read as something else. */
function lineOf(value: OneValue, item: Node): string | undefined {
  const text = textOf(item)?.trim();
  const { name, reading } = value;
  if (text === undefined || text === '' || /[\r\n]/.test(text)) {
    const what = text === undefined ? kindOf(item) : text === '' ? 'empty' : 'of several lines';
    const fix = `Write one text an item: \`- ${itemExampleOf(name)}\``;
    reading.report(
      item,
      { what: `An item of \`${name}\` must be a text of one line, and this is ${what}.`, fix },
      name,
    );
    return undefined;
  }
  if (!/^[#'"[-]|\s#|,/.test(text)) return text;
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}
