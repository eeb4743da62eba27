import { expect, test } from '@jest/globals';
import { Headers } from 'undici';
import type { Answer, Call } from '../../../../src/hub/http/call.ts';
import { accepted, errorResponse, saidBy } from '../../../../src/hub/http/refusal.ts';

const CALL: Call = {
  what: 'make a commit in acme/app',
  method: 'POST',
  path: '/api/spaces/acme/app/commit/main?x=y',
  repeatable: false,
};

const answer = (status: number, text = '', headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  text,
  headers: new Headers(headers),
  json: undefined,
  bytes: new Uint8Array(),
});

test.each([200, 201, 204])('%d is good', (status) => {
  const good = answer(status);
  expect(accepted(CALL, good)).toBe(good);
});

const TOKEN =
  'Use a token with write access to this Space: https://huggingface.co/settings/tokens (fine-grained: "Write access to contents/settings of selected repos").';

test.each([
  [400, 'hub', 'The Hub finds something wrong with what was sent.', 'Mend what it names, then run it again.'],
  [401, 'credentials', 'The token is unknown, expired or revoked, or is none that may do this.', TOKEN],
  [
    402,
    'hub',
    'It needs a paid plan of the owner (PRO, Team or Enterprise): docker and gradio Spaces do, protected visibility and better hardware too. Static Spaces are free.',
    'Subscribe at https://huggingface.co/pro, deploy to an owner that has a plan, or make it a static Space.',
  ],
  [403, 'credentials', 'The token is valid and lacks this right.', TOKEN],
  [
    404,
    'hub',
    'It does not exist, or the token cannot see it.',
    'Check the name of the Space, and that the token belongs to its owner.',
  ],
  [409, 'hub', 'Another change to the same thing is under way.', 'Run it again in a moment.'],
  [413, 'hub', 'What was sent is larger than the Hub takes at once.', 'Leave files out with `exclude`.'],
  [
    422,
    'hub',
    'The Hub does not accept the form of what was sent, often a file name.',
    'Mend what it names, then run it again.',
  ],
  [418, 'hub', 'This answer is not expected here.', 'Run it again; if it stays, report it with the request id.'],
  [307, 'hub', 'This answer is not expected here.', 'Run it again; if it stays, report it with the request id.'],
])('%d is reported with its meaning and fix', (status, kind, cause, fix) => {
  const failure = errorResponse(CALL, answer(status, '{"error":"No."}', { 'x-request-id': 'Root=1-abc' }));
  expect({ kind: failure.kind, problems: failure.problems }).toEqual({
    kind,
    problems: [
      {
        what: 'The Hub refused to make a commit in acme/app: No.',
        where: `POST /api/spaces/acme/app/commit/main answered ${status}, request Root=1-abc`,
        cause,
        fix,
      },
    ],
  });
});

test.each([
  ['x-request-id first', { 'x-amz-cf-id': 'c', 'x-request-id': 'a', 'x-amzn-trace-id': 'b' }, ', request a'],
  ['then the trace', { 'x-amz-cf-id': 'c', 'x-amzn-trace-id': 'b' }, ', request b'],
  ['then that of the edge', { 'x-amz-cf-id': 'c' }, ', request c'],
  ['none', {}, ''],
])('the request is named: %s', (_, headers, id) => {
  expect(errorResponse(CALL, answer(500, '', headers)).problems.map(({ where }) => where)).toEqual([
    `POST /api/spaces/acme/app/commit/main answered 500${id}`,
  ]);
});

test.each<[string, string, Record<string, string>, string]>([
  ['the header before the body', '{"error":"body"}', { 'x-error-message': 'header' }, 'header'],
  ['an error', '{"error":"You already created this space repo","url":"x"}', {}, 'You already created this space repo'],
  ['a list of errors', '{"error":["a","b"]}', {}, 'a b'],
  [
    'an OAuth error',
    '{"error":"invalid_grant","error_description":"No publisher."}',
    {},
    'invalid_grant No publisher.',
  ],
  ['errors with messages', '{"errors":[{"message":"a"},{"x":1},{"message":"b"}]}', {}, 'a b'],
  ['plain text', 'Entry not found\n', {}, 'Entry not found'],
  ['other JSON', '{"ok":false}', {}, '{"ok":false}'],
  ['JSON that is no object', '"no"', {}, '"no"'],
  ['a page', '\n<!doctype html><h1>502</h1>', {}, 'an HTML page'],
  ['nothing', '', {}, 'status 500, without a word'],
  ['very much', 'x'.repeat(600), {}, 'x'.repeat(500)],
])('the words of the Hub: %s', (_, text, headers, said) => {
  expect(saidBy(answer(500, text, headers))).toBe(said);
});
