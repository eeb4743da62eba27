import { isMap, isScalar, type Node, type Pair } from 'yaml';
import { meaningfulLines } from '../lines.ts';
import { settingNameProblems } from '../settings.ts';
import { itemsOf, keyOf, textOf } from '../yaml-nodes.ts';
import type { Entry, FileValue } from './config.ts';
import type { OneValue } from './one-value.ts';

/** Names alone: a value here would be in everybody's hands. */
export function readNames(value: OneValue): FileValue | undefined {
  const { node, name, reading } = value;
  const nodes = isMap(node) ? (node.items as readonly Pair<Node, Node | null>[]) : [];
  const entries = new Map<string, Entry>();
  for (const { key, value: given } of nodes) {
    const isBare = given === null || textOf(given) === '';
    addName(isBare ? (keyOf(key) ?? '') : `${keyOf(key)}=${textOf(given) ?? ''}`, key, value, entries);
  }
  for (const item of itemsOf(node)) {
    const text = textOf(item);
    if (text === undefined) reading.report(item, { what: NAMES_ONLY, fix: NAMES_FIX }, name);
    else addName(text.trim(), item, value, entries);
  }
  if (isScalar(node)) for (const line of meaningfulLines(textOf(node) ?? '')) addName(line, node, value, entries);
  return { at: reading.at(node), text: '', entries };
}

const NAMES_ONLY = '`secrets` has names here, and no values.';
const NAMES_FIX = `Write one name an item, and give its value in the step's \`env:\`, as in \`API_KEY: \${{ secrets.API_KEY }}\`.`;

function addName(text: string, node: Node, { name, reading }: OneValue, entries: Map<string, Entry>): void {
  const written = /^(?:export\s+)?([\w.-]+)$/.exec(text)?.[1];
  if (written === undefined) {
    const [, key, secret] = /^(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*)$/s.exec(text) ?? [];
    reading.addSecret(secret ?? text);
    const what =
      key === undefined ? 'This is not the name of a secret.' : `The secret ${key} has a value in this file.`;
    const cause = 'Everybody who can read the repository can read this file, and its history keeps what was in it.';
    reading.report(node, { what, cause, fix: NAMES_FIX }, name);
    return;
  }
  if (entries.has(written))
    reading.report(node, { what: `${written} is given twice.`, fix: 'Give each name once.' }, name);
  for (const problem of settingNameProblems([written])) reading.report(node, problem, name);
  entries.set(written, { at: reading.at(node), value: undefined });
}
