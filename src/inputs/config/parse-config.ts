import { type Document, isMap, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import type { Problem } from '../../base/failure.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { InputName } from '../inputs.ts';
import { isEmpty, keyOf, kindOf, valuesBelow } from '../yaml-nodes.ts';
import type { Config, Environment, FileValue, Layer } from './config.ts';
import { isEnvironmentKey } from './environment-name.ts';
import { FORMS, isInputName, NAMES_IN_FILE } from './forms.ts';
import { readValue } from './read-value.ts';
import { type Reading, startReading } from './reading.ts';
import { reportSecrets, reportSecretValue } from './secrets-in-file.ts';

/** What a file says, and everything that is wrong with it. */
export interface ParsedConfig {
  readonly config: Config;
  readonly problems: readonly Problem[];
  /** Inputs of which it is not known what the file gives; undefined when that is so of all. */
  readonly wrong: ReadonlySet<InputName> | undefined;
  /** Texts that are secrets, or may be: to be masked before a problem is printed. */
  readonly secrets: readonly string[];
}

/** Reads a spaceport.yml. `env` is the environment of the step. All problems are found. */
export function parseConfig(file: string, text: string, env: Reading['env']): ParsedConfig {
  const plain = text.replace(/^\uFEFF/, '');
  const lineCounter = new LineCounter();
  const document = parseDocument(plain, { lineCounter, prettyErrors: false, strict: true });
  const reading = startReading(file, env, lineCounter);
  reportSecrets(plain, reading);
  const isYaml = reportSyntax(document, reading) && reportUnsupported(document, reading);
  const config = isYaml ? readConfig(document.contents, reading) : { ...EMPTY, file };
  return {
    config,
    problems: reading.problems,
    wrong: isYaml ? reading.wrong() : undefined,
    secrets: reading.secrets,
  };
}

const EMPTY = { defaults: new Map(), environments: undefined };

const SYNTAX: Readonly<Record<string, Pick<Problem, 'what' | 'fix'>>> = {
  TAB_AS_INDENT: { what: 'This line is indented with a tab, which YAML does not allow.', fix: 'Indent with spaces.' },
  MULTIPLE_DOCS: { what: 'A second YAML document begins here.', fix: 'Remove the line `---`.' },
};

/** Reports what is not YAML; false where the rest cannot be read. A key that is given twice leaves the rest readable. */
function reportSyntax(document: Document.Parsed, reading: Reading): boolean {
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const node = { range: [pos[0], pos[1], pos[1]] as [number, number, number] };
    if (code === 'DUPLICATE_KEY') {
      reading.report(node, { what: 'This key is given twice.', fix: 'Give each key once in a map.' });
    } else reading.report(node, SYNTAX[code] ?? { what: `This is not YAML: ${message}`, fix: HELP });
  }
  return document.errors.every(({ code }) => code === 'DUPLICATE_KEY') && document.warnings.length === 0;
}

const HELP = 'An editor that knows YAML shows it: docs/configuration.md says how.';

/** Reports what YAML has and this file does not: references, and the expressions of workflows. */
function reportUnsupported(document: Document.Parsed, reading: Reading): boolean {
  let hasAlias = false;
  visit(document, {
    Alias(_, node) {
      hasAlias = true;
      reading.report(node, {
        what: 'This refers to another part of the file, by a YAML alias.',
        fix: 'Write the value out; what all environments share stands under `defaults`.',
      });
    },
    Scalar(_, node) {
      reportSecretValue(node, reading);
      if (!String(node.value).includes('${{')) return;
      reading.report(node, {
        what: `GitHub fills in \`\${{ … }}\` in workflows, and not in this file.`,
        fix: 'Give this value to the step; what the step is given wins over the file.',
      });
    },
  });
  return !hasAlias;
}

const TOP = ['defaults', 'environments'];

function readConfig(root: Node | null, reading: Reading): Config {
  const { file } = reading;
  let defaults: Layer = new Map();
  let environments: Config['environments'];
  for (const { key, name, value } of pairsOf(root, reading, 'The file')) {
    if (name === 'defaults') defaults = readLayer(value, reading, '`defaults`');
    else if (name === 'environments') environments = readEnvironments(value, reading);
    else reading.report(key, unknownTop(name));
  }
  return { file, defaults, environments };
}

function unknownTop(name: string): Problem {
  if (isInputName(name)) {
    return {
      what: `\`${name}\` stands at the top of the file, where only \`defaults\` and \`environments\` may.`,
      fix: 'Write it below `defaults:`, or below the name of an environment in `environments:`.',
    };
  }
  return { what: `\`${name}\` is not a key of this file.`, fix: didYouMean(name, TOP) };
}

function readEnvironments(node: Node | null, reading: Reading): Config['environments'] {
  if (isEmpty(node)) return undefined;
  const found = new Map<string, Environment>();
  for (const { key, name, value } of pairsOf(node, reading, '`environments`')) {
    if (!isEnvironmentKey(name)) reading.report(key, notAnEnvironment(name));
    const layer = readLayer(value, reading, `The environment \`${name}\``);
    if (!found.has(name)) found.set(name, { at: reading.at(key), layer });
  }
  return found;
}

function notAnEnvironment(name: string): Problem {
  return {
    what: `${JSON.stringify(name)} cannot be the name of an environment.`,
    fix: 'Start with a lower-case letter; lower-case letters, digits and dashes may follow, and one `*`: staging, preview-*.',
  };
}

/** Inputs by their names. */
function readLayer(node: Node | null, reading: Reading, what: string): Layer {
  const layer = new Map<InputName, FileValue>();
  for (const { key, name, value } of pairsOf(node, reading, what)) {
    if (!isInputName(name)) {
      reading.report(key, { what: `\`${name}\` is not an input.`, fix: didYouMean(name, NAMES_IN_FILE) });
      continue;
    }
    const form = FORMS[name];
    if (form.kind === 'refused') {
      if (form.isSecret) for (const text of valuesBelow(value)) reading.addSecret(text);
      const { cause, fix } = form;
      reading.report(key, { what: `\`${name}\` may not stand in this file.`, cause, fix }, name);
      continue;
    }
    // What is left empty wins over `defaults`, like any value: then nothing is given.
    const read = isEmpty(value) ? { at: reading.at(key), text: '' } : readValue(value as Node, name, reading);
    if (read !== undefined) layer.set(name, read);
  }
  return layer;
}

function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? `Use one of: ${names.join(', ')}.` : `Did you mean \`${nearest}\`?`;
}

interface Key {
  readonly key: Node;
  readonly name: string;
  readonly value: Node | null;
}

/** The pairs of a map with their keys as texts; where there is nothing there are none. */
function pairsOf(node: Node | null, reading: Reading, what: string): readonly Key[] {
  if (isEmpty(node)) return [];
  if (!isMap(node)) {
    reading.report(node, {
      what: `${what} must be a map, and this is ${kindOf(node)}.`,
      fix: 'Write one `name: value` a line.',
    });
    reading.loseTrack();
    return [];
  }
  return (node.items as readonly Pair<Node, Node | null>[]).flatMap(({ key, value }) => {
    const name = keyOf(key);
    if (name !== undefined) return [{ key, name, value }];
    reading.report(key, { what: 'A key must be a text.', fix: 'Write one `name: value` a line.' });
    return [];
  });
}
