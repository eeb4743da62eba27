import { isMap, type Node, type Pair } from 'yaml';
import type { InputName } from '../inputs.ts';
import { keyOf, kindOf } from '../yaml-nodes.ts';
import type { FileValue } from './config.ts';
import { exampleOf } from './examples.ts';
import type { Reading } from './reading.ts';

/** One value while it is read. */
export interface OneValue {
  readonly node: Node;
  readonly name: InputName;
  readonly reading: Reading;
}

/** The key of a map as it stands in the file; the map itself where it has no such key. */
export function positioned(node: Node, key: string): Node {
  if (!isMap(node)) return node;
  return (node.items as readonly Pair<Node, Node | null>[]).find((pair) => keyOf(pair.key) === key)?.key ?? node;
}

/** A value that is written as a text. */
export function found({ node, reading }: OneValue, text: string): FileValue {
  return { at: reading.at(node), text };
}

/** Reports that it is written in another way than this input. */
export function wrongType({ node, name, reading }: OneValue, expected: string, text?: string): undefined {
  const is = text === undefined ? kindOf(node) : JSON.stringify(text);
  reading.report(
    node,
    { what: `\`${name}\` must be ${expected}, and this is ${is}.`, fix: `Write \`${exampleOf(name)}\`.` },
    name,
  );
}
