import { expect, test } from '@jest/globals';
import {
  parseChoice,
  parseDuration,
  parseEnvironment,
  parseFlag,
  parseHealthPath,
  parseHubUrl,
  parseOptional,
} from '../../../src/inputs/scalars.ts';

const FORM = "Give the Hub's origin alone, as in https://huggingface.co.";

const SHOWN = {
  cause: 'What is given here appears in the log and the summary of the run.',
  fix: 'Take it out, and revoke it: the log of an earlier run may show it. The token of the Hub belongs in `token`.',
};

test.each([
  ['', 'https://huggingface.co'],
  ['https://hub.example', 'https://hub.example'],
  ['https://hub.example/', 'https://hub.example'],
  ['https://hub.example:8443', 'https://hub.example:8443'],
  ['http://localhost:4000', 'http://localhost:4000'],
  ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
  ['http://127.8.9.1', 'http://127.8.9.1'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
])('%j is the Hub %s', (text, value) => {
  expect(parseHubUrl(text)).toEqual({ ok: true, value });
});

test.each([
  ['huggingface.co', { what: '"huggingface.co" is not a URL.', fix: FORM }],
  ['ftp://hub.example', { what: '"ftp://hub.example" is not a URL.', fix: FORM }],
  ['https://me:pw@hub.example', { what: 'It contains a user or a password in a URL.', ...SHOWN }],
  ['https://me@hub.example', { what: 'It contains a user or a password in a URL.', ...SHOWN }],
  ['hf_abcdefghijKLMNOP1234', { what: 'It contains a token of Hugging Face.', ...SHOWN }],
  ['https://hub.example/?t=hf_abcdefghijKLMNOP1234', { what: 'It contains a token of Hugging Face.', ...SHOWN }],
  ['https://hub.example/api', { what: 'https://hub.example/api is more than an origin.', fix: FORM }],
  ['https://hub.example/?a', { what: 'https://hub.example/?a is more than an origin.', fix: FORM }],
  ['http://hub.example', { what: 'http://hub.example would send the token without encryption.', fix: 'Use https.' }],
  [
    'http://127.0.0.1.evil.example',
    { what: 'http://127.0.0.1.evil.example would send the token without encryption.', fix: 'Use https.' },
  ],
  [
    'http://localhost.evil.example',
    { what: 'http://localhost.evil.example would send the token without encryption.', fix: 'Use https.' },
  ],
])('%s is refused', (text, problem) => {
  expect(parseHubUrl(text)).toEqual({ ok: false, problems: [problem] });
});

const parseStrategy = parseChoice(['merge', 'mirror'], 'merge');

test('an empty text is the default', () => {
  expect(parseStrategy('')).toEqual({ ok: true, value: 'merge' });
});

test('without a default an empty text is absent', () => {
  expect(parseChoice(['docker'], undefined)('')).toEqual({ ok: true, value: undefined });
});

test('a choice is itself', () => {
  expect(parseStrategy('mirror')).toEqual({ ok: true, value: 'mirror' });
});

test.each(['Merge', 'merge ', 'toString'])('%j is no choice, and the choices are named', (text) => {
  expect(parseStrategy(text)).toEqual({
    ok: false,
    problems: [{ what: `${JSON.stringify(text)} is not a choice.`, fix: 'Use one of: merge, mirror.' }],
  });
});

test.each([
  ['nothing is half an hour', '', 1_800_000],
  ['seconds', '90s', 90_000],
  ['minutes', '20m', 1_200_000],
  ['an hour', '1h', 3_600_000],
  ['six hours are the longest', '6h', 21_600_000],
  ['the longest in seconds', '21600s', 21_600_000],
])('%s: %j', (_, text, ms) => {
  expect(parseDuration(text)).toEqual({ ok: true, value: ms });
});

test.each(['0s', '90', '1.5h', '-1m', '7h', '21601s', '1d', '20 m', '20M', '010s', '1h30m', '9999999s', 'constructor'])(
  '%j is refused',
  (text) => {
    expect(parseDuration(text)).toEqual({
      ok: false,
      problems: [
        {
          what: `${JSON.stringify(text)} is not a duration.`,
          fix: 'Write a whole number and a unit, up to six hours: 90s, 20m, 1h.',
        },
      ],
    });
  },
);

const DEPLOYS = { text: () => '' };

test('what is removed has no default environment', () => {
  const removes = { text: (name: string) => (name === 'mode' ? 'remove' : '') };
  expect(parseEnvironment('', removes)).toEqual({
    ok: false,
    problems: [
      {
        what: '`mode: remove` deletes a Space, and `environment` does not say which one it should be.',
        cause: 'When it is not given, it means production.',
        fix: 'Give the environment that the Space was deployed with.',
      },
    ],
  });
  expect(parseEnvironment('preview-7', removes)).toEqual({ ok: true, value: 'preview-7' });
});

test.each([
  ['', 'production'],
  ['staging', 'staging'],
  ['pr-12', 'pr-12'],
  ['a', 'a'],
])('%j is the environment %j', (text, value) => {
  expect(parseEnvironment(text, DEPLOYS)).toEqual({ ok: true, value });
});

test.each(['Production', '1st', '-a', 'a_b', 'a b', 'é'])('%j cannot be an environment', (text) => {
  expect(parseEnvironment(text, DEPLOYS)).toEqual({
    ok: false,
    problems: [
      {
        what: `${JSON.stringify(text)} cannot be the name of an environment.`,
        fix: 'Start with a lower-case letter; lower-case letters, digits and dashes may follow: production, staging.',
      },
    ],
  });
});

test.each([
  ['', undefined],
  ['/', '/'],
  ['/health', '/health'],
  ['/_stcore/health?deep=1', '/_stcore/health?deep=1'],
])('%j is the path %j', (text, value) => {
  expect(parseHealthPath(text)).toEqual({ ok: true, value });
});

test.each(['health', '//evil.example', 'https://evil.example', '/a b', '/\\evil.example', '@evil.example/'])(
  '%j could lead elsewhere and is refused',
  (text) => {
    expect(parseHealthPath(text)).toEqual({
      ok: false,
      problems: [{ what: `${JSON.stringify(text)} is not a path of the app.`, fix: 'Begin with one slash: /health.' }],
    });
  },
);

test.each(['/health?token=hf_abcdefghijKLMNOP1234', 'https://me:hf_abcdefghijKLMNOP1234@app.example/health'])(
  '%j shows a token and is refused',
  (text) => {
    expect(parseHealthPath(text)).toEqual({ ok: false, problems: [expect.objectContaining(SHOWN)] });
  },
);

test('any text is taken as it is, and an empty one is none', () => {
  expect([parseOptional('as it is'), parseOptional('')]).toEqual([
    { ok: true, value: 'as it is' },
    { ok: true, value: undefined },
  ]);
});

test.each<[string, unknown]>([
  ['', { ok: true, value: undefined }],
  ['true', { ok: true, value: true }],
  ['false', { ok: true, value: false }],
  ['yes', { ok: false, problems: [{ what: '"yes" is neither true nor false.', fix: 'Write true or false.' }] }],
])('the flag %j', (text, parsed) => {
  expect(parseFlag(text)).toEqual(parsed);
});
