import { expect, test } from '@jest/globals';
import { credentialIn, credentialsGiven, isPlaceholder } from '../../../src/inputs/credentials.ts';

const KEY = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';
const jwt = (claims: object) =>
  ['{"alg":"HS256"}', JSON.stringify(claims), KEY].map((part) => Buffer.from(part).toString('base64url')).join('.');

test.each([
  [`hf_${KEY}`, 'a token of Hugging Face'],
  [`Bearer hf_${KEY}`, 'a token of Hugging Face'],
  [`ghp_${KEY}`, 'a token of GitHub'],
  ['AKIAIOSFODNN7EXAMPLE', 'a key of AWS'],
  [`sk-proj-${KEY}`, 'a key of OpenAI'],
  ['sk-abcdefghijklmnopqrstuvwx', 'an API key'],
  ['-----BEGIN PRIVATE KEY-----\nMII', 'a private key'],
  ['-----BEGIN RSA PRIVATE KEY-----\\nMII', 'a private key'],
  ['-----BEGIN PGP PRIVATE KEY BLOCK-----', 'a private key'],
  ['{"private_key": "-----BEGIN PRIVATE KEY-----\\nMII"}', 'a private key'],
  ['postgres://me:pw@db.example/app', 'a URL with a password'],
  ['redis://:pw@cache:6379', 'a URL with a password'],
  ['mongodb+srv://me:p@ss@db.example', 'a URL with a password'],
  ['see https://me:pw@host/ for more', 'a URL with a password'],
  ['host=db user=me password=pw', 'a connection string with a password'],
  ["host=db password='p w'", 'a connection string with a password'],
  ['Server=db;Uid=me;Pwd=pw', 'a connection string with a password'],
  [jwt({ role: 'service_role' }), 'a JSON Web Token'],
  [jwt({ sub: 'me' }), 'a JSON Web Token'],
])('%s is %s', (text, kind) => {
  expect(credentialIn(text)).toBe(kind);
});

test.each([
  '',
  'hello',
  'hf_hub_download',
  'sk-learn-pipeline-of-mine',
  'scikit-learn',
  'https://db.example/app',
  'postgres://me@db.example/app',
  'postgres://me:${DB_PASSWORD}@db.example/app',
  'postgres://me:<password>@db.example/app',
  'https://abc123@o1.ingest.sentry.io/1',
  'https://example.org/a:b@c',
  'host=db user=me password=$PASSWORD',
  'password=required',
  '-----BEGIN PUBLIC KEY-----',
  '-----BEGIN CERTIFICATE-----',
  jwt({ role: 'anon' }),
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
])('%j is no credential', (text) => {
  expect(credentialIn(text)).toBe(undefined);
});

test.each(['${PASSWORD}', '$PASSWORD', '{{ password }}', '<your token>', '***', 'xxxx', '...', '%PASSWORD%'])(
  '%s stands for a value',
  (text) => {
    expect(isPlaceholder(text)).toBe(true);
  },
);

test.each([
  [`hf_${KEY}`, [`hf_${KEY}`]],
  [`hub: hf_${KEY}, ghp_${KEY}`, [`hf_${KEY}`, `ghp_${KEY}`]],
  [`https://me:hf_${KEY}@hub.example/x`, [`hf_${KEY}`, `https://me:hf_${KEY}@hub.example`, `hf_${KEY}`]],
  ['https://me:passw0rd@hub.example/x', ['https://me:passw0rd@hub.example', 'passw0rd']],
  ['https://0123456789abcdef@hub.example/x', ['0123456789abcdef']],
  ['https://git@hub.example/x', []],
  ['acme/hf_leaderboard_of_models', []],
  ['hf_models_of_ours_and_others/**', []],
  ['hf://datasets/acme/hf_data_of_ours_and_others', []],
])('%j gives away %j', (text, given) => {
  expect(credentialsGiven(text)).toEqual(given);
});
