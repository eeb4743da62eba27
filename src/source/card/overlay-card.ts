import { Document, isMap, isScalar, type Node } from 'yaml';
import type { FrontMatter } from './front-matter.ts';

/** A README with its front matter as the Space needs it. */
export interface Card {
  readonly readme: string;
  readonly keys: Readonly<Record<string, unknown>>;
  /** Whether the README differs from that of the source. */
  readonly changed: boolean;
}

/**
 * Lays keys over the front matter of a README, the last layer on top; `null` removes a key. Comments and order of the
 * README's own YAML stay. When nothing changes, and the Hub will find the front matter, the README stays byte for byte.
 */
export function overlayCard(
  readme: string,
  own: FrontMatter,
  layers: readonly Readonly<Record<string, unknown>>[],
): Card {
  const keys = new Map(Object.entries(own.keys));
  const yaml = isMap(own.yaml.contents) && own.yaml.contents.items.length > 0 ? own.yaml.clone() : new Document({});
  let changed = false;
  for (const [key, value] of layers.flatMap((layer) => Object.entries(layer))) {
    if (JSON.stringify(keys.get(key)) === JSON.stringify(value ?? undefined)) continue;
    changed = true;
    if (value === null) {
      keys.delete(key);
      yaml.delete(key);
    } else {
      keys.set(key, value);
      yaml.set(key, nodeInPlaceOf(yaml.get(key, true), yaml.createNode(value)));
    }
  }
  if (!changed && !own.isLate) return { readme, keys: Object.fromEntries(keys), changed };
  return {
    readme: `---\n${yaml.toString({ lineWidth: 0 })}---\n${own.body === '' ? '' : separated(own.body)}`,
    keys: Object.fromEntries(keys),
    changed: true,
  };
}

/** A new value takes over the comment beside the old one. */
function nodeInPlaceOf(old: unknown, node: Node): Node {
  if (isScalar(old) && isScalar(node) && old.comment) node.comment = old.comment;
  return node;
}

function separated(body: string): string {
  return /^\r?\n/.test(body) ? body : `\n${body}`;
}
