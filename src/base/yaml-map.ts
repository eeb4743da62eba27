import { type Document, isScalar } from 'yaml';

/** As a number 3.10 would be 3.1, which is another version. */
const VERSIONS = ['python_version', 'sdk_version'];

/**
 * The keys and values of a YAML map; versions as they are written.
 *
 * @throws when it uses aliases: a few of them unfold to gigabytes
 */
export function yamlKeys(map: Document): Record<string, unknown> {
  const keys = map.toJS({ maxAliasCount: 0 }) as Record<string, unknown>;
  for (const name of VERSIONS) {
    const node = map.get(name, true);
    if (isScalar(node) && typeof node.value === 'number' && node.source !== undefined) keys[name] = node.source;
  }
  return keys;
}
