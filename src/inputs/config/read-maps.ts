import { Document, isMap, isScalar, isSeq } from 'yaml';
import { yamlKeys } from '../../base/yaml-map.ts';
import { parseCard } from '../card.ts';
import { textOf } from '../yaml-nodes.ts';
import type { Entry, FileValue } from './config.ts';
import { found, type OneValue, positioned, wrongType } from './one-value.ts';

/** A map of any YAML. */
export function readMap(value: OneValue): FileValue | undefined {
  const { node, name, reading } = value;
  const at = reading.at(node);
  if (isScalar(node)) {
    const parsed = parseCard(textOf(node) ?? '');
    if (parsed.ok) return { at, text: '', entries: entriesOf(parsed.value, () => at) };
    for (const problem of parsed.problems) reading.report(node, problem, name);
    return undefined;
  }
  if (!isMap(node)) return wrongType(value, 'a map');
  const document = new Document();
  document.contents = node as typeof document.contents;
  return { at, text: '', entries: entriesOf(yamlKeys(document), (key) => reading.at(positioned(node, key))) };
}

function entriesOf(
  keys: Readonly<Record<string, unknown>>,
  at: (key: string) => Entry['at'],
): ReadonlyMap<string, Entry> {
  return new Map(Object.entries(keys).map(([key, value]) => [key, { at: at(key), value }]));
}

/** Any YAML, as the text that the step would be given. */
export function readMaps(value: OneValue): FileValue | undefined {
  const { node } = value;
  if (isScalar(node)) return found(value, (textOf(node) ?? '').trim());
  if (!isSeq(node)) return wrongType(value, 'a list');
  const document = new Document();
  document.contents = node as typeof document.contents;
  return found(value, document.toString());
}
