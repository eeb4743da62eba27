import { expect, test } from '@jest/globals';
import { settingsWarnings } from '../../../src/inputs/settings-warnings.ts';

const SPACE = { owner: 'Acme', name: 'chat-ui', id: 'Acme/chat-ui' };
const LONG = 'aB3dE6gH9jK2mN5pQ8s';
const warningsOf = (variables: Record<string, string>, secrets: Record<string, string> = {}) =>
  settingsWarnings({
    space: SPACE,
    environment: 'staging',
    variables: new Map(Object.entries(variables)),
    secrets: new Map(Object.entries(secrets)),
  });

test.each(['API_TOKEN', 'client_secret', 'SMTP_PASSWORD', 'SERVICE_API_KEY', 'KEY', 'APIKEY', 'BASIC_AUTH'])(
  'a variable %s with a long value sounds like a secret',
  (name) => {
    expect(warningsOf({ [name]: LONG })).toEqual([
      `\`variables\`: ${name} sounds like a secret, and everybody who can see the Space can read a variable. If it is one, give it in \`secrets\`.`,
    ]);
  },
);

test.each([
  ['MAX_TOKENS', LONG],
  ['TOKENIZER', LONG],
  ['MONKEY', LONG],
  ['BOS_TOKEN', '<|im_start|>'],
  ['STRIPE_PUBLIC_KEY', LONG],
  ['SUPABASE_ANON_KEY', LONG],
  ['RECAPTCHA_SITE_KEY', LONG],
  ['PUBLIC_URL_KEY', 'https://example.org/key.pem'],
  ['SSL_KEY', '/etc/ssl/private/key.pem'],
  ['SORT_KEY', 'the name of the thing'],
  ['API_KEY', '${SECRET_OF_THE_RUNNER}'],
])('%s=%s does not', (name, value) => {
  expect(warningsOf({ [name]: value })).toEqual([]);
});

test.each([
  ['chat-ui', "the Space's name"],
  ['Chat', "the Space's name"],
  ['acme', "the Space's name"],
  ['acme-chat', "the Space's name"],
  [' chat-ui\n', "the Space's name"],
  ['staging', "the environment's name"],
])('a secret %j is a part of %s', (value, part) => {
  expect(warningsOf({}, { DB_NAME: value })).toEqual([
    `The value of the secret DB_NAME is a part of ${part}: GitHub shows *** in its place in logs, and drops outputs of a job that contain it. If it is not secret, give it in \`variables\`.`,
  ]);
});

test('other secrets are none', () => {
  expect(warningsOf({ A: 'acme' }, { B: 'chat-ui-2', C: LONG })).toEqual([]);
});
