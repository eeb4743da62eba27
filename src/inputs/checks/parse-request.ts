import type { Document, Node } from 'yaml';
import { hasToken } from '../../edges/withheld.ts';
import { parseHealthPath } from '../scalars.ts';
import { type Check, METHODS, type Method } from './check.ts';
import { fillIn, hasReference, valuesReferredTo } from './from-environment.ts';
import { addProblem, type Field, fieldMap, fieldsOf, fieldText, isHeaderName, type Reading } from './yaml-entry.ts';

/** The fields of an entry that say what is asked. */
export interface RequestFields {
  readonly path?: Field | undefined;
  readonly method?: Field | undefined;
  readonly headers?: Field | undefined;
  readonly json?: Field | undefined;
  readonly body?: Field | undefined;
}

/** Headers that belong to the connection, or that Spaceport sets. */
const NOT_FOR_PEOPLE =
  /^(?:connection|content-length|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|x-hf-authorization)$/i;

/** What an entry asks; what is wrong with it becomes a problem, and something harmless stands in its place. */
export function parseRequest(
  reading: Reading,
  fields: RequestFields,
  document: Document,
  entry: Node,
): Omit<Check, 'expect'> {
  const method = parseMethod(reading, fields.method);
  const headers = fields.headers === undefined ? {} : parseHeaders(reading, fields.headers);
  const body = parseBody(reading, fields, document);
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) {
    addProblem(reading, fields.json?.key ?? fields.body?.key ?? entry, {
      what: `A ${method} has no body.`,
      fix: 'Add `method: POST`, or leave the body out.',
    });
  }
  const isJson = fields.json !== undefined && headers['content-type'] === undefined;
  return {
    method,
    path: parsePath(reading, fields.path, entry),
    headers: isJson ? { ...headers, 'content-type': 'application/json' } : headers,
    body,
  };
}

function parseMethod(reading: Reading, field: Field | undefined): Method {
  const text = field === undefined ? 'GET' : fieldText(reading, field);
  const method = METHODS.find((each) => each === text?.toUpperCase());
  if (method === undefined && field !== undefined && text !== undefined) {
    addProblem(reading, field.key, {
      what: `${JSON.stringify(text)} is not a method.`,
      fix: `Use one of: ${METHODS.join(', ')}.`,
    });
  }
  return method ?? 'GET';
}

/** A path is printed, and stands in the log of the app: no value of the environment belongs into it. */
function parsePath(reading: Reading, field: Field | undefined, entry: Node): string {
  if (field === undefined) {
    addProblem(reading, entry, { what: 'This entry has no `path`.', fix: 'Write `path: /predict`.' });
    return '/';
  }
  const text = fieldText(reading, field);
  if (text === undefined) return '/';
  const parsed = parseHealthPath(text);
  const at = field.value ?? field.key;
  if (hasReference(text)) {
    addProblem(reading, at, {
      what: 'A path takes no values from the environment: it is printed, and the app may log it.',
      fix: 'Send the value in `headers` or in the body, or write the path out.',
    });
  } else if (!parsed.ok || parsed.value === undefined) {
    addProblem(reading, at, {
      what: `${JSON.stringify(text)} is not a path of the app.`,
      fix: 'Begin with one slash, without the host: /predict.',
    });
  }
  if (hasToken(text, reading.tokens)) addProblem(reading, at, TOKEN);
  return parsed.ok ? (parsed.value ?? '/') : '/';
}

const TOKEN = {
  what: 'It has the token of the Hub or of GitHub in it, which is never sent to an app.',
  fix: 'Leave it out: where the Space is private, the request gets past the Hub by itself.',
};

function parseHeaders(reading: Reading, field: Field): Record<string, string> {
  const map = fieldMap(reading, field, '`headers:` with a `name: value` a line below it');
  const headers: (readonly [string, string])[] = [];
  for (const each of map === undefined ? [] : fieldsOf(map)) {
    const name = each.name.toLowerCase();
    const value = fieldText(reading, each);
    if (!isHeaderName(name) || NOT_FOR_PEOPLE.test(name)) {
      addProblem(reading, each.key, {
        what: `${JSON.stringify(each.name)} is not a header that a check may set.`,
        fix: 'Use another header; Spaceport sets those of the connection, and the one that opens a private Space.',
      });
    } else if (value !== undefined) headers.push([name, headerValue(reading, each, filled(reading, each.key, value))]);
  }
  // Not one by one: `__proto__` is a name like any other.
  return Object.fromEntries(headers);
}

/** White space around a value does not count, as a secret often ends with a line break. */
function headerValue(reading: Reading, { name, key }: Field, value: string): string {
  const trimmed = value.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a header cannot have
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(trimmed)) {
    addProblem(reading, key, {
      what: `The value of the header \`${name}\` has a line break or a letter that no header can have.`,
      fix: 'Give a value of one line, in ASCII.',
    });
  }
  return trimmed;
}

function parseBody(reading: Reading, { json, body }: RequestFields, document: Document): string | undefined {
  if (json !== undefined && body !== undefined) {
    addProblem(reading, body.key, { what: 'An entry has `json` or `body`, not both.', fix: 'Leave one of them out.' });
  }
  if (json !== undefined) {
    const value: unknown = json.value === null ? null : json.value.toJS(document);
    return JSON.stringify(filledDeep(reading, json.key, value));
  }
  if (body === undefined) return undefined;
  const text = fieldText(reading, body);
  return text === undefined ? undefined : filled(reading, body.key, text);
}

function filledDeep(reading: Reading, at: Node, value: unknown): unknown {
  if (typeof value === 'string') return filled(reading, at, value);
  if (Array.isArray(value)) return value.map((each) => filledDeep(reading, at, each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledDeep(reading, at, each)]));
}

/** A text with the values of the environment; what is wrong with its names becomes a problem, and so does a token in it. */
export function filled(reading: Reading, at: Node, text: string): string {
  const { text: whole, problems } = fillIn(text, reading.env);
  reading.taken.push(...valuesReferredTo(text, reading.env));
  for (const problem of problems) addProblem(reading, at, problem);
  if (problems.length === 0 && hasToken(whole, reading.tokens)) addProblem(reading, at, TOKEN);
  return whole;
}
