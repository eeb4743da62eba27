import { isMap, isPair, isScalar, isSeq, type Node } from 'yaml';

/** Whether there is nothing: no value, or YAML's null. */
export function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

/** A single value as it is written: as a number, 1.10 would be 1.1. Undefined for lists and maps. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  if (node.value === null) return '';
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

/** The key of a pair as text; undefined where it is none. */
export function keyOf(key: unknown): string | undefined {
  return isEmpty(key) ? undefined : textOf(key);
}

/** What kind of value it is, in a sentence. */
export function kindOf(node: unknown): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  return 'a single value';
}

/** All single values in a node. */
export function valuesBelow(node: unknown): readonly string[] {
  if (isScalar(node)) return [textOf(node) ?? ''];
  if (isPair(node)) return [...valuesBelow(node.key), ...valuesBelow(node.value)];
  return isMap(node) || isSeq(node) ? node.items.flatMap(valuesBelow) : [];
}

/** The items of a list; none where it is no list. */
export function itemsOf(node: unknown): readonly Node[] {
  return isSeq(node) ? (node.items as readonly Node[]) : [];
}
