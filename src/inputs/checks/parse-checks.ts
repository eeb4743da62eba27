import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Problem } from '../../base/failure.ts';
import { asksChecks } from '../modes.ts';
import { good, goodUnless, type Parsed } from '../parsed.ts';
import type { RawInputs } from '../raw-inputs.ts';
import { looksSecret } from '../settings-warnings.ts';
import { givenTokens } from '../token.ts';
import type { Check } from './check.ts';
import { REFERENCE_FORM, valuesReferredTo } from './from-environment.ts';
import { parseExpected } from './parse-expected.ts';
import { parseRequest } from './parse-request.ts';
import { addProblem, type Field, knownFields, type Reading } from './yaml-entry.ts';

const KEYS = ['path', 'method', 'headers', 'json', 'body', 'expect'] as const;
const FORM = `Write a YAML list: \`- /docs\`, or \`- path: /predict\` with method, headers, json or body, and expect below it. A value with ${REFERENCE_FORM}, \`: \` or \` #\` in it goes into quotes.`;

/**
 * The requests that the new version must answer; undefined when nothing was given, as an empty list means none at all. The
 * job of a mode that asks none need not have what they take from the environment.
 */
export function parseChecks(text: string, raw: RawInputs): Parsed<readonly Check[] | undefined> {
  if (text === '' || !asksChecks(raw.text('mode'))) return good(undefined);
  const { checks, problems } = readChecks(text, raw);
  return goodUnless(problems, checks);
}

/**
 * Everything in the text that may be a secret: each value that is taken from the environment, and what is written into
 * a header that carries credentials.
 */
export function secretsInChecks(text: string, raw: RawInputs): readonly string[] {
  const { checks, taken } = readChecks(text, raw);
  const headers = checks.flatMap((check) => Object.entries(check.headers));
  const credentials = headers.filter(
    ([name, value]) => CREDENTIALS.test(name) || looksSecret(underscored(name), value),
  );
  // The text alone does not do: YAML may escape a name, or write it over two lines. Nor what was read: some cannot be.
  const referredTo = new Set([...valuesReferredTo(text, raw.env), ...taken]);
  return [...referredTo, ...credentials.flatMap(([, value]) => [value, lastWord(value)])];
}

const CREDENTIALS = /^(?:authorization|cookie|x-api-key|api-key)$/;

/** `Bearer abc`: an app may show the token alone. A word is no token. */
function lastWord(value: string): string {
  const word = value.split(/\s+/).at(-1) ?? '';
  return word.length >= 8 ? word : '';
}

function underscored(name: string): string {
  return name.replaceAll('-', '_');
}

interface ReadChecks extends Pick<Reading, 'problems' | 'taken'> {
  readonly checks: readonly Check[];
}

function readChecks(text: string, raw: RawInputs): ReadChecks {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const tokens = [...givenTokens(raw.text('token'), raw), raw.text('github-token')];
  const reading: Reading = { env: raw.env, tokens, lines, problems: [], taken: [] };
  const wrong = documentProblems(document, lines);
  if (wrong.length > 0) return { checks: [], problems: [...wrong], taken: [] };
  if (!isSeq(document.contents)) {
    return { checks: [], problems: [{ what: 'It is not a list of checks.', fix: FORM }], taken: [] };
  }
  const checks = document.contents.items.flatMap((item) => parseEntry(reading, item as Node, document) ?? []);
  return { checks, ...reading };
}

/** Why the text cannot be read at all. What stands in it is not repeated: it may be a secret. */
function documentProblems(document: Document.Parsed, lines: LineCounter): readonly Problem[] {
  const errors = document.errors.map(({ pos, message }) => ({
    what: `Line ${lines.linePos(pos[0]).line} is not YAML: ${message.replace(/:? ?["'`][\s\S]*$/, '')}`,
    fix: FORM,
  }));
  let hasAlias = false;
  visit(document, (_, node) => {
    hasAlias ||= isAlias(node);
  });
  // A few lines of them unfold to gigabytes.
  return hasAlias ? [...errors, { what: 'It uses YAML aliases.', fix: 'Write each value out.' }] : errors;
}

function parseEntry(reading: Reading, entry: Node, document: Document): Check | undefined {
  if (isScalar(entry) && typeof entry.value === 'string') {
    const path: Field = { name: 'path', key: entry, value: entry };
    return { ...parseRequest(reading, { path }, document, entry), expect: parseExpected(reading, undefined, document) };
  }
  if (!isMap(entry)) {
    addProblem(reading, entry, { what: 'This entry is neither a path nor a map.', fix: FORM });
    return undefined;
  }
  const fields = knownFields(reading, entry, 'an entry', KEYS);
  const request = parseRequest(reading, fields, document, entry);
  const expect = parseExpected(reading, fields.expect, document);
  if (request.method === 'HEAD' && expect.says.length > 0) {
    addProblem(reading, fields.expect?.key ?? entry, {
      what: 'The answer to a HEAD has no body, so it can say nothing.',
      fix: 'Ask with GET, or leave `json` and `text` out of `expect`.',
    });
  }
  return { ...request, expect };
}
