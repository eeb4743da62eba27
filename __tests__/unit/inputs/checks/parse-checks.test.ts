import { expect, test } from '@jest/globals';
import { parseChecks, secretsInChecks } from '../../../../src/inputs/checks/parse-checks.ts';
import type { RawInputs } from '../../../../src/inputs/raw-inputs.ts';

const TOKEN = 'hf_of_the_run';
const raw: RawInputs = {
  env: {
    API_KEY: 'key-1234',
    STRIPE_TOKEN: 'st',
    EMPTY: '',
    COPY: `x ${TOKEN}`,
    HF_TOKEN: TOKEN,
    NEW_LINE: 'abc\n',
    TWO: 'a\nb',
  },
  text: (name) => (name === 'github-token' ? 'ghs_of_the_job' : ''),
  event: {},
};
const OK = { text: '2xx', from: 200, to: 299 };
const answer = (values = {}) => ({ status: OK, says: [], headers: {}, withinMs: undefined, ...values });
const get = (path: string, expect = answer()) => ({ method: 'GET', path, headers: {}, body: undefined, expect });

/** What is wrong, as lines `what (fix)`. */
function problemsOf(text: string): readonly string[] {
  const parsed = parseChecks(text, raw);
  return parsed.ok ? [] : parsed.problems.map(({ what, fix }) => `${what} (${fix})`);
}

test.each<[string, string, unknown]>([
  ['nothing', '', undefined],
  ['an empty list', '[]', []],
  ['paths', '- /docs\n- "/a?b=c"', [get('/docs'), get('/a?b=c')]],
  [
    'all of a request',
    `
- path: /predict
  method: post
  headers:
    Authorization: Bearer \${API_KEY}
    X-Number: 1.10
  json: { name: Ada, key: "\${API_KEY}", list: [1, true, null] }
`,
    [
      {
        method: 'POST',
        path: '/predict',
        headers: { authorization: 'Bearer key-1234', 'x-number': '1.10', 'content-type': 'application/json' },
        body: '{"name":"Ada","key":"key-1234","list":[1,true,null]}',
        expect: answer(),
      },
    ],
  ],
  [
    'a text as the body',
    '- path: /form\n  method: PUT\n  headers: {content-type: text/csv, x: " ${NEW_LINE}"}\n  body: "a,${API_KEY}"',
    [
      {
        method: 'PUT',
        path: '/form',
        headers: { 'content-type': 'text/csv', x: 'abc' },
        body: 'a,key-1234',
        expect: answer(),
      },
    ],
  ],
  [
    'all that can be expected',
    `
- path: /
  expect:
    status: 4XX
    json:
      a.b: 1.10
      ok: true
      error:
      nested: { deep: [1, x], text: "12" }
    text: not \${API_KEY}
    header: { Content-Type: text/html }
    within: 800ms
`,
    [
      get(
        '/',
        answer({
          status: { text: '4xx', from: 400, to: 499 },
          says: [
            { kind: 'json', path: 'a.b', value: '1.10' },
            { kind: 'json', path: 'ok', value: 'true' },
            { kind: 'json', path: 'error', value: 'null' },
            { kind: 'json', path: 'nested.deep', value: '[1,"x"]' },
            { kind: 'json', path: 'nested.text', value: '12' },
            { kind: 'text', words: 'not key-1234' },
          ],
          headers: { 'content-type': 'text/html' },
          withinMs: 800,
        }),
      ),
    ],
  ],
  [
    'JSON, as another program writes it',
    '[{"path":"/x","expect":{"status":404}}]',
    [get('/x', answer({ status: { text: '404', from: 404, to: 404 } }))],
  ],
])('%s', (_, text, value) => {
  expect(parseChecks(text, raw)).toEqual({ ok: true, value });
});

test.each([
  ['no list', 'path: /x', [/^It is not a list of checks\. \(Write a YAML list/]],
  ['lines without dashes', '/docs\n/predict', [/^It is not a list of checks/]],
  ['no YAML', '- path: "/x', [/^Line 1 is not YAML: Missing closing/]],
  ['a text that may be a secret is not repeated', '- {a: b} s3cret', [/^Line 1 is not YAML: (?!.*s3cret)/]],
  ['an alias', '- &a /x\n- *a', [/^It uses YAML aliases/]],
  ['an entry that is a number', '- 7', [/^Line 1: This entry is neither a path nor a map\./]],
  ['no path', '- method: GET', [/^Line 1: This entry has no `path`\. \(Write `path: \/predict`\.\)$/]],
  ['a URL as the path', '- https://example.org/x', [/^Line 1: "https:\/\/example\.org\/x" is not a path of the app\./]],
  ['a path without a host of its own', '- //example.org', [/is not a path of the app/]],
  ['a secret in the path', '- /x?key=${API_KEY}', [/^Line 1: A path takes no values from the environment/]],
  [
    'an unknown key',
    '- path: /x\n  expct: {}',
    [/^Line 2: "expct" is not a key of an entry\. \(Did you mean `expect`\? Its keys are path, method,/],
  ],
  [
    'an unknown key of expect',
    '- path: /x\n  expect:\n    headers: {}',
    [/^Line 3: "headers" is not a key of `expect`\. \(Did you mean `header`\? /],
  ],
  [
    'a key that is near to none',
    '- path: /x\n  retries: 3',
    [/^Line 2: "retries" is not a key of an entry\. \(Its keys are /],
  ],
  ['a key twice', '- path: /x\n  path: /y', [/^Line 2 is not YAML: Map keys must be unique/]],
  [
    'a name that is not set',
    '- path: /x\n  headers: {a: "${STRIPE_TOKN}"}',
    [/^Line 2: \$\{STRIPE_TOKN\} is not in the step's environment\. \(Did you mean \$\{STRIPE_TOKEN\}\? /],
  ],
  [
    'a name that every object has',
    '- path: /x\n  headers: {a: "${constructor}"}',
    [/^Line 2: \$\{constructor\} is not in the step's environment\. /],
  ],
  ['a name that is empty', '- path: /x\n  headers: {a: "${EMPTY}"}', [/^Line 2: \$\{EMPTY\} is empty\. /]],
  ['no name', '- path: /x\n  headers: {a: "${API_KEY:-x}"}', [/is not the name of a variable/]],
  [
    'the token of the Hub by its name',
    '- path: /x\n  headers: {a: "${HF_TOKEN}"}',
    [/^Line 2: \$\{HF_TOKEN\} is never sent to an app\./],
  ],
  [
    'the token of the Hub under another name',
    '- path: /x\n  headers: {a: "${COPY}"}',
    [/^Line 2: It has the token of the Hub or of GitHub in it/],
  ],
  [
    'the token of GitHub itself',
    '- path: /x\n  method: POST\n  body: ghs_of_the_job',
    [/^Line 3: It has the token of the Hub or of GitHub in it/],
  ],
  [
    'a header of the connection',
    '- path: /x\n  headers: {Host: a}',
    [/^Line 2: "Host" is not a header that a check may set/],
  ],
  [
    'the header that opens a private Space',
    '- path: /x\n  headers: {X-HF-Authorization: a}',
    [/^Line 2: "X-HF-Authorization" is not a header/],
  ],
  [
    'a header of two lines',
    '- path: /x\n  headers: {a: "${TWO}"}',
    [/^Line 2: The value of the header `a` has a line break/],
  ],
  ['a GET with a body', '- path: /x\n  json: {}', [/^Line 2: A GET has no body\. \(Add `method: POST`/]],
  [
    'two bodies',
    '- path: /x\n  method: POST\n  json: {}\n  body: x',
    [/^Line 4: An entry has `json` or `body`, not both\./],
  ],
  ['a body that is a map', '- path: /x\n  method: POST\n  body: {}', [/^Line 3: `body` is not a text\./]],
  ['a method that is none', '- path: /x\n  method: CONNECT', [/^Line 2: "CONNECT" is not a method\./]],
  ['expect as a status', '- path: /x\n  expect: 200', [/^Line 2: `expect` is not a map\./]],
  ['a status that is none', '- path: /x\n  expect: {status: 2x}', [/^Line 2: "2x" is not a status\./]],
  ['a time without a unit', '- path: /x\n  expect: {within: 5}', [/^Line 2: "5" is not a time/]],
  ['a time of more than half a minute', '- path: /x\n  expect: {within: 1m}', [/^Line 2: "1m" is not a time/]],
  ['words of a HEAD', '- path: /x\n  method: HEAD\n  expect: {text: a}', [/^Line 3: The answer to a HEAD has no body/]],
  ['several things', '- x\n- path: /y\n  foo: 1\n- 3', [/^Line 1: "x"/, /^Line 3: "foo"/, /^Line 4: /]],
])('refused: %s', (_, text, problems) => {
  expect(problemsOf(text)).toEqual(problems.map((each) => expect.stringMatching(each)));
});

test('what may be a secret is known before anything is said', () => {
  const text = `
- path: /x
  method: POST
  headers: { Authorization: "Bearer written-out", Accept: text/html }
  json: { a: "\${API_KEY} \${STRIPE_TOKEN}" }
- unreadable: "\${EMPTY} \${NOT_SET}"
`;
  expect(secretsInChecks(text, raw)).toEqual(['key-1234', 'st', '', 'Bearer written-out', 'written-out']);
});

test.each([
  ['escaped', '- { path: /, method: POST, body: "\\u0024{API_KEY}" }'],
  ['written over two lines', '- path: /\n  method: POST\n  body: "${API_\\\n    KEY}"'],
])('a value whose name is %s is masked before it is sent', (_, text) => {
  const parsed = parseChecks(text, raw);

  expect(parsed).toMatchObject({ ok: true, value: [{ body: 'key-1234' }] });
  expect(secretsInChecks(text, raw)).toContain('key-1234');
});

test('a header with a name of JavaScript is sent like any other', () => {
  const parsed = parseChecks('- { path: /, headers: { __proto__: a, constructor: b } }', raw);

  expect(parsed.ok && Object.entries(parsed.value?.[0]?.headers ?? {})).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});
