import { expect, test } from '@jest/globals';
import { Headers } from 'undici';
import type { Failure } from '../../../../src/base/failure.ts';
import type { Answer, Call } from '../../../../src/hub/http/call.ts';
import { accepted, errorResponse, HubUnavailable, saidBy } from '../../../../src/hub/http/refusal.ts';

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
  [400, 'hub', 'The Hub finds something wrong with what was sent.', 'Correct what it names, then run it again.'],
  [401, 'credentials', 'The token is unknown, expired or revoked, or is not of a kind that may do this.', TOKEN],
  [
    402,
    'hub',
    'The owner has to pay for this: better hardware needs a payment method or credits; protected visibility needs a paid plan (PRO, Team or Enterprise).',
    'See https://huggingface.co/settings/billing (of an organization: its own settings) and https://huggingface.co/pricing, or ask for something that is free.',
  ],
  [
    403,
    'credentials',
    'The Hub forbids it for the reason that it gives; where it gives none, the token lacks this right.',
    `Do what its words ask for; where they ask for nothing: ${TOKEN}`,
  ],
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
    'Correct what it names, then run it again.',
  ],
  [
    418,
    'hub',
    'This answer is not expected here.',
    'Run it again; if that does not help, report it with the request id.',
  ],
  [
    307,
    'hub',
    'This answer is not expected here.',
    'Run it again; if that does not help, report it with the request id.',
  ],
])('%d is told with its cause and its fix', (status, kind, cause, fix) => {
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

const told = ({ kind, problems: [problem] }: Failure) => [kind, problem?.what, problem?.cause, problem?.fix];

test.each([
  [
    '{"error":"You have exceeded the rate limit for repository commits (128 per hour). You can retry this action in about 1 hour. If you are a new user, ..."}',
    {},
    'You have exceeded the rate limit for repository commits (128 per hour). You can retry this action in about 1 hour. If you are a new user, ...',
    'The limit on repository commits (128 per hour) counts for the whole account, over all of its Spaces and workflows.',
    'Wait 1 hour, then run it again; what is done already is recognised.',
  ],
  [
    'You have exceeded the rate limit for repository creation (300 per day).',
    {},
    'You have exceeded the rate limit for repository creation (300 per day).',
    'The limit on repository creation (300 per day) counts for the whole account, over all of its Spaces and workflows.',
    'Wait up to one day, then run it again; what is done already is recognised.',
  ],
  [
    '',
    { ratelimit: '"api";r=0;t=299' },
    'no text, only status 429',
    'More requests came than a window of five minutes allows, from this account over all of its workflows, or from the address of this runner.',
    'Wait 5m, as the Hub asks, then run it again; nothing is done twice.',
  ],
  [
    'Too many requests, please slow down',
    {},
    'Too many requests, please slow down',
    'More requests came than a window of five minutes allows, from this account over all of its workflows, or from the address of this runner.',
    'Wait five minutes, then run it again; nothing is done twice.',
  ],
])('429 for good, %s %j: its words, whose limit it is, and how long to wait', (text, headers, said, cause, fix) => {
  expect(told(errorResponse(CALL, answer(429, text, headers)))).toEqual([
    'hub',
    `The Hub refused to make a commit in acme/app: ${said}`,
    cause,
    fix,
  ]);
});

test.each([408, 500, 502, 503, 504, 520, 524])('%d for good is an outage, with the words and the request', (status) => {
  const failure = errorResponse(CALL, answer(status, '{"error":"Internal Error"}', { 'x-request-id': 'Root=1-abc' }));
  expect([failure instanceof HubUnavailable, ...told(failure)]).toEqual([
    true,
    'hub',
    'The Hub could not make a commit in acme/app: Internal Error',
    'The Hub has an outage, or something between this runner and the Hub has one.',
    'See https://status.huggingface.co, then run it again; nothing is done twice.',
  ]);
});

test('a long wait that the server asks for is passed on', () => {
  const failure = errorResponse(CALL, answer(503, 'Maintenance', { 'retry-after': '3601' }));
  expect(failure.problems[0]?.fix).toBe('Wait 1h 1s, as the Hub asks, then run it again; nothing is done twice.');
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
  ['the header, then the body', '{"error":"body"}', { 'x-error-message': 'header' }, 'header body'],
  ['the header, then plain text', 'Which files: a.py\n', { 'x-error-message': 'Refused' }, 'Refused Which files: a.py'],
  ['the header, and what every answer of this status says', 'Internal Server Error', { 'x-error-message': 'no' }, 'no'],
  ['the same twice', '{"error":"no","errors":[{"message":"no"}]}', { 'x-error-message': 'no' }, 'no'],
  [
    'a header that the body completes',
    '{"error":["Bad request: a.py","b.py is too large"]}',
    { 'x-error-message': 'Bad request' },
    'Bad request: a.py b.py is too large',
  ],
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
  ['a page with a title', '<html><head><title>502 Bad Gateway</title>', {}, 'an HTML page, "502 Bad Gateway"'],
  ['a store in XML', '<Error><Code>SlowDown</Code><Message>Please reduce</Message></Error>', {}, 'Please reduce'],
  ['nothing', '', {}, 'no text, only status 500'],
  ['very much', 'x'.repeat(600), {}, 'x'.repeat(500)],
])('the words of the Hub: %s', (_, text, headers, said) => {
  expect(saidBy(answer(500, text, headers))).toBe(said);
});
