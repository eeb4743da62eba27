import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { parseDotenv } from '../dotenv-lines.ts';
import { settingNameProblems } from '../settings.ts';
import { itemsOf, keyOf, textOf } from '../yaml-nodes.ts';
import type { Entry, FileValue } from './config.ts';
import { exampleOf } from './examples.ts';
import { type OneValue, positioned } from './one-value.ts';

/** Names and values of variables. */
export function readSettings(value: OneValue): FileValue | undefined {
  const { node, name, reading } = value;
  const at = reading.at(node);
  const entries = isMap(node) ? scalarEntries(value, node) : textEntries(value);
  for (const key of entries?.keys() ?? []) {
    for (const problem of settingNameProblems([key])) reading.report(positioned(node, key), problem, name);
  }
  return entries && { at, text: '', entries };
}

/** dotenv lines, in a text or a list. */
function textEntries(value: OneValue): ReadonlyMap<string, Entry> | undefined {
  const { node, name, reading } = value;
  if (isMap(node)) return undefined;
  const lines = isSeq(node) ? itemsOf(node).map((item) => textOf(item) ?? '') : [textOf(node) ?? ''];
  const { entries, problems, unread } = parseDotenv(lines.join('\n'), { env: reading.env, hasComments: true });
  for (const text of unread) reading.addSecret(text);
  for (const problem of problems) reading.report(node, problem, name);
  const at = reading.at(node);
  return problems.length > 0 ? undefined : new Map(entries.map((each) => [each.name, { at, value: each.value }]));
}

/** A name without a value, as in `OPENAI_API_KEY:`, has an undefined one. */
export function scalarEntries(value: OneValue, node: YAMLMap): ReadonlyMap<string, Entry> | undefined {
  const { name, reading } = value;
  let isWhole = true;
  const entries = new Map<string, Entry>();
  for (const pair of node.items as readonly Pair<Node, Node | null>[]) {
    const key = keyOf(pair.key);
    const text = pair.value === null ? '' : textOf(pair.value);
    if (key === undefined || text === undefined) {
      const fix = `Write one value for each name: \`${exampleOf(name)}\``;
      reading.report(pair.value ?? pair.key, { what: `\`${name}\` must be a map of single values.`, fix }, name);
      isWhole = false;
    } else if (!entries.has(key)) {
      const isBare = pair.value === null || (isScalar(pair.value) && pair.value.value === null);
      entries.set(key, { at: reading.at(pair.key), value: isBare ? undefined : text });
    }
  }
  return isWhole ? entries : undefined;
}
