import { expect, test } from '@jest/globals';
import { parseOtherSpace, parseSpace } from '../../../src/inputs/space-id.ts';

const LOCAL = 'http://127.0.0.1:4000';
const FORM = 'Write owner/name, as in acme/my-app, or the URL of the Space.';

test.each([
  ['acme/my-app', 'acme', 'my-app'],
  ['Acme/My_App.2', 'Acme', 'My_App.2'],
  ['https://huggingface.co/spaces/acme/my-app', 'acme', 'my-app'],
  ['https://huggingface.co/spaces/acme/my-app/', 'acme', 'my-app'],
  ['https://hf.co/spaces/acme/my-app', 'acme', 'my-app'],
  ['http://127.0.0.1:4000/spaces/acme/my-app', 'acme', 'my-app'],
  [`${'o'.repeat(42)}/${'n'.repeat(96)}`, 'o'.repeat(42), 'n'.repeat(96)],
])('%s names a Space', (text, owner, name) => {
  expect(parseSpace(text, LOCAL)).toEqual({ ok: true, value: { owner, name, id: `${owner}/${name}` } });
});

test.each([
  ['https://me:hf_abcdefghijKLMNOP1234@huggingface.co/spaces/acme/my-app', 'a user or a password in a URL'],
  ['https://me:pw@huggingface.co/spaces/acme/my-app', 'a user or a password in a URL'],
  ['https://hf_abcdefghijKLMNOP1234@huggingface.co/spaces/acme/my-app', 'a user or a password in a URL'],
  ['hf_abcdefghijKLMNOP1234', 'a token of Hugging Face'],
])('%s shows a credential, and is not repeated', (text, kind) => {
  const problem = {
    what: `It contains ${kind}.`,
    cause: 'What is given here appears in the log and the summary of the run.',
    fix: 'Take it out, and revoke it: the log of an earlier run may show it. The token of the Hub belongs in `token`.',
  };
  expect(parseSpace(text, LOCAL)).toEqual({ ok: false, problems: [problem] });
  expect(parseOtherSpace(text, LOCAL, undefined)).toEqual({ ok: false, problems: [problem] });
});

test('a name of words that begins as a token does is a name', () => {
  expect(parseSpace('acme/hf_leaderboard_of_models', LOCAL).ok).toBe(true);
  expect(parseSpace('https://hf.co/spaces/acme/hf_leaderboard_of_models', LOCAL).ok).toBe(true);
});

test('no name at all', () => {
  expect(parseSpace('', LOCAL)).toEqual({ ok: false, problems: [{ what: 'No Space is named.', fix: FORM }] });
});

test.each([
  'my-app',
  'acme/',
  '/my-app',
  'acme/my-app/',
  'spaces/acme/my-app',
  'https://huggingface.co/spaces/acme/my-app/tree/main',
  'https://huggingface.co/acme/my-app',
  'https://evil.example/spaces/acme/my-app',
  'https://acme-my-app.hf.space',
])('%s is not of the form', (text) => {
  expect(parseSpace(text, LOCAL)).toEqual({
    ok: false,
    problems: [{ what: `${JSON.stringify(text)} is not the name of a Space.`, fix: FORM }],
  });
});

const OWNER = 'An owner has 2 to 42 letters, digits and dashes.';
const OWNER_DASH = 'An owner has no dash at its ends and no two in a row.';
const NAME = 'A name has 1 to 96 letters, digits, dashes, dots and underscores.';
const NAME_ENDS = 'A name has no dash or dot at its ends, no two of them in a row, and does not end in .git.';

test.each([
  ['a/b', OWNER],
  [`${'o'.repeat(43)}/b`, OWNER],
  ['ac_me/b', OWNER],
  ['-acme/b', OWNER_DASH],
  ['acme-/b', OWNER_DASH],
  ['ac--me/b', OWNER_DASH],
  [`acme/${'n'.repeat(97)}`, NAME],
  ['acme/my app', NAME],
  ['acme/é', NAME],
  ['acme/app?x=1', NAME],
  ['acme/-b', NAME_ENDS],
  ['acme/b.', NAME_ENDS],
  ['acme/a--b', NAME_ENDS],
  ['acme/a..b', NAME_ENDS],
  ['acme/..', NAME_ENDS],
  ['acme/app.git', NAME_ENDS],
])('%s breaks a rule of the Hub', (text, cause) => {
  expect(parseSpace(text, undefined)).toEqual({
    ok: false,
    problems: [{ what: `${JSON.stringify(text)} is not the name of a Space.`, cause, fix: FORM }],
  });
});

const OURS = { owner: 'acme', name: 'my-app', id: 'acme/my-app' };

test('another Space may be left out, or be any but ours', () => {
  expect([parseOtherSpace('', LOCAL, OURS), parseOtherSpace('acme/other', LOCAL, OURS)]).toEqual([
    { ok: true, value: undefined },
    { ok: true, value: { owner: 'acme', name: 'other', id: 'acme/other' } },
  ]);
});

test.each(['acme/my-app', 'Acme/My-App', 'https://huggingface.co/spaces/acme/my-app'])('%s is ours', (text) => {
  expect(parseOtherSpace(text, LOCAL, OURS)).toEqual({
    ok: false,
    problems: [
      {
        what: 'acme/my-app is the Space that is deployed to.',
        fix: "Name the other environment's Space, or leave the input out.",
      },
    ],
  });
});
