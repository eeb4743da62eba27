import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compare } from '../../../scripts/openapi/compare.ts';
import type { Exchange } from '../../../scripts/openapi/recording-proxy.ts';
import { readSpecification } from '../../../scripts/openapi/specification.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const text = { type: 'string' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

const operations = specification({
  '/api/spaces/{namespace}/{repo}/secrets': {
    get: { responses: { 200: json(object({ key: text }, { required: ['key'], additionalProperties: false })) } },
    post: { requestBody: json(object({ key: text }, { required: ['key'] })), responses: null },
  },
  '/api/spaces/{namespace}/{repo}/tree/{rev}/{path}': {
    get: {
      parameters: [
        { name: 'recursive', in: 'query', schema: { type: 'boolean' } },
        { name: 'expand', in: 'query', schema: { type: 'array', items: { enum: ['lastCommit'] } } },
        { name: 'rev', in: 'path', required: true, schema: text },
      ],
      responses: { 200: json({ type: 'array', items: object({ size: { type: 'integer' } }) }) },
    },
  },
});

function specification(paths: object) {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-openapi-'));
  writeFileSync(join(directory, 'openapi.json'), JSON.stringify({ paths }));
  const read = readSpecification(join(directory, 'openapi.json'));
  rmSync(directory, { recursive: true });
  return read;
}

function exchange(method: string, path: string, sent: { body?: unknown; answer?: unknown; status?: number }): Exchange {
  const bytes = (value: unknown) => Buffer.from(value === undefined ? '' : JSON.stringify(value));
  return {
    method,
    url: new URL(path, 'http://hub'),
    requestType: 'application/json',
    requestBody: bytes(sent.body),
    status: sent.status ?? 200,
    answerType: 'application/json; charset=utf-8',
    answerBody: bytes(sent.answer),
  };
}

const secrets = '/api/spaces/me/app/secrets';
const tree = '/api/spaces/me/app/tree/main';
const at = (path: string) => `/api/spaces/{namespace}/{repo}/${path}`;

test.each([
  ['a right answer', exchange('GET', secrets, { answer: { key: 'A' } }), []],
  [
    'a wrong answer',
    exchange('GET', secrets, { answer: { value: 1 } }),
    [
      `GET ${at('secrets')}: answer 200 (whole) must have required property 'key'`,
      `GET ${at('secrets')}: answer 200 (whole) must NOT have additional properties: value`,
    ],
  ],
  ['a right request', exchange('POST', secrets, { body: { key: 'A' } }), []],
  [
    'a wrong request',
    exchange('POST', secrets, { body: { key: 1 } }),
    [`POST ${at('secrets')}: request /key must be string`],
  ],
  [
    'a request without a body',
    exchange('POST', secrets, {}),
    [`POST ${at('secrets')}: request (whole) must have required property 'key'`],
  ],
  ['a wrong request that was refused', exchange('POST', secrets, { body: { key: 1 }, status: 400 }), []],
  ['text in a query', exchange('GET', `${tree}/src/deep?recursive=true&expand=lastCommit`, { answer: [] }), []],
  ['a list in brackets', exchange('GET', `${tree}?expand[]=lastCommit`, { answer: [] }), []],
  [
    'a query of no parameter',
    exchange('GET', `${tree}?depth=1`, { answer: [] }),
    [`GET ${at('tree/{rev}/{path}')}: request (whole) must NOT have additional properties: depth`],
  ],
  [
    'the same mistake in each item',
    exchange('GET', tree, { answer: [{ size: 'a' }, { size: 'b' }] }),
    [`GET ${at('tree/{rev}/{path}')}: answer 200 /*/size must be integer`],
  ],
  ['what is not described', exchange('GET', '/api/spaces/me/app/runtime', { answer: 1 }), []],
])('%s', (_name, one, differences) => {
  expect([...compare([one], operations).differences]).toEqual(differences);
});

test('requests and answers are counted where there is a schema', () => {
  const exchanges = [
    exchange('GET', secrets, { answer: { key: 'A' } }),
    exchange('POST', secrets, { body: { key: 'A' } }),
    exchange('GET', '/api/spaces/me/app/runtime', {}),
  ];
  const { used, requests, answers } = compare(exchanges, operations);
  expect({ used: [...used], requests, answers }).toEqual({
    used: [
      [`GET ${at('secrets')}`, 1],
      [`POST ${at('secrets')}`, 1],
    ],
    requests: 2,
    answers: 1,
  });
});
