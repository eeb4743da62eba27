import { type Document, isMap, isSeq, type Node } from 'yaml';
import type { Expectation } from '../lines.ts';
import { type ExpectedAnswer, type ExpectedStatus, PATIENCE_MS, SUCCESS } from './check.ts';
import { filled } from './parse-request.ts';
import {
  addProblem,
  type Field,
  fieldMap,
  fieldsOf,
  fieldText,
  isEmpty,
  isHeaderName,
  knownFields,
  type Reading,
  textOf,
} from './yaml-entry.ts';

const KEYS = ['status', 'json', 'text', 'header', 'within'] as const;
const FORM = '`expect:` with keys below it: status, json, text, header, within';

/** What an entry expects; what is wrong with it becomes a problem. */
export function parseExpected(reading: Reading, field: Field | undefined, document: Document): ExpectedAnswer {
  const map = field === undefined ? undefined : fieldMap(reading, field, FORM);
  const { status, json, text, header, within } = map === undefined ? {} : knownFields(reading, map, '`expect`', KEYS);
  return {
    status: status === undefined ? SUCCESS : parseStatus(reading, status),
    says: [
      ...(json === undefined ? [] : parseJson(reading, json, document)),
      ...(text === undefined ? [] : parseWords(reading, text)),
    ],
    headers: header === undefined ? {} : parseHeaders(reading, header),
    withinMs: within === undefined ? undefined : parseWithin(reading, within),
  };
}

function parseStatus(reading: Reading, field: Field): ExpectedStatus {
  const text = fieldText(reading, field)?.toLowerCase();
  if (text === undefined) return SUCCESS;
  if (/^[1-5]\d\d$/.test(text)) return { text, from: Number(text), to: Number(text) };
  if (/^[1-5]xx$/.test(text)) return { text, from: Number(text[0]) * 100, to: Number(text[0]) * 100 + 99 };
  addProblem(reading, field.key, {
    what: `${JSON.stringify(text)} is not a status.`,
    fix: 'Write a number or a class: 200, 422, 2xx.',
  });
  return SUCCESS;
}

/** `path: value`; a map as a value is the same as a longer path. */
function parseJson(reading: Reading, field: Field, document: Document): readonly Expectation[] {
  const map = fieldMap(reading, field, '`json:` with a `path: value` a line below it, as `database.ok: true`');
  return map === undefined ? [] : fieldsOf(map).flatMap((each) => expectationsOf(reading, each, '', document));
}

function expectationsOf(reading: Reading, field: Field, above: string, document: Document): readonly Expectation[] {
  const { name, key, value } = field;
  const path = `${above}${name}`;
  if (name === '') {
    addProblem(reading, key, { what: 'A path in `json` is empty.', fix: 'Write `database.ok: true`.' });
    return [];
  }
  if (isMap(value) && value.items.length > 0) {
    return fieldsOf(value).flatMap((each) => expectationsOf(reading, each, `${path}.`, document));
  }
  return [{ kind: 'json', path, value: filled(reading, key, valueText(value, document)) }];
}

function valueText(value: Node | null, document: Document): string {
  if (isEmpty(value)) return 'null';
  return isSeq(value) || isMap(value) ? JSON.stringify(value.toJS(document)) : (textOf(value) ?? '');
}

function parseWords(reading: Reading, field: Field): readonly Expectation[] {
  const words = fieldText(reading, field);
  if (words === undefined) return [];
  if (words === '') addProblem(reading, field.key, { what: '`text` is empty.', fix: 'Write words of the answer.' });
  return [{ kind: 'text', words: filled(reading, field.key, words) }];
}

function parseHeaders(reading: Reading, field: Field): Record<string, string> {
  const map = fieldMap(reading, field, '`header:` with a `name: value` a line below it');
  const found = (map === undefined ? [] : fieldsOf(map)).flatMap((each) => {
    const value = fieldText(reading, each);
    if (!isHeaderName(each.name)) {
      addProblem(reading, each.key, {
        what: `${JSON.stringify(each.name)} is not the name of a header.`,
        fix: 'Write it without spaces: content-type.',
      });
      return [];
    }
    return value === undefined ? [] : [[each.name.toLowerCase(), filled(reading, each.key, value)] as const];
  });
  return Object.fromEntries(found);
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

function parseWithin(reading: Reading, field: Field): number | undefined {
  const text = fieldText(reading, field);
  if (text === undefined) return undefined;
  const [, count, unit = ''] = /^([1-9]\d{0,5})(ms|s|m)$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  if (ms <= PATIENCE_MS) return ms;
  addProblem(reading, field.key, {
    what: `${JSON.stringify(text)} is not a time that an answer may take.`,
    fix: 'Write a whole number and a unit, up to half a minute, which is how long an entry is asked: 800ms, 5s.',
  });
  return undefined;
}
