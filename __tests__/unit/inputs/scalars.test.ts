import { expect, test } from '@jest/globals';
import { parseHubUrl } from '../../../src/inputs/scalars.ts';

const FORM = "Give the Hub's origin alone, as in https://huggingface.co.";

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
  ['https://me:pw@hub.example', { what: 'The URL holds credentials.', fix: FORM }],
  ['https://hub.example/api', { what: 'https://hub.example/api is more than an origin.', fix: FORM }],
  ['https://hub.example/?a', { what: 'https://hub.example/?a is more than an origin.', fix: FORM }],
  ['http://hub.example', { what: 'http://hub.example would carry the token in the clear.', fix: 'Use https.' }],
  [
    'http://127.0.0.1.evil.example',
    { what: 'http://127.0.0.1.evil.example would carry the token in the clear.', fix: 'Use https.' },
  ],
  [
    'http://localhost.evil.example',
    { what: 'http://localhost.evil.example would carry the token in the clear.', fix: 'Use https.' },
  ],
])('%s is refused', (text, problem) => {
  expect(parseHubUrl(text)).toEqual({ ok: false, problems: [problem] });
});
