import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab } from './support/lab.ts';

const says = (...lines: readonly string[]) => lines.join('\n');
const bareForm = (name: string) =>
  `put \`${name}: \${{ secrets.${name} }}\` into the step's \`env:\` and give the bare name ${name}.`;
const isFirstLine = (name: string, whole: string, line = 1) =>
  says(
    `Line ${line}: the value of ${name} looks like the first line of ${whole}.`,
    'Where: input `secrets`',
    'Cause: Each line here is read as a variable or secret of its own.',
    `Fix: If it has several lines, ${bareForm(name)} If not, put it in quotes.`,
  );
const hasHash = (name: string) =>
  says(
    `Line 1: the value of ${name} has a # outside of quotes, which begins a comment.`,
    'Where: input `secrets`',
    `Fix: Put the value in quotes, or ${bareForm(name)}`,
  );

const PEM = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqh\nkiG9w0B+AQEFAASC/Q==\n-----END PRIVATE KEY-----\n';
const DOTENV = 'MONGODB_URL=mongodb://me:pw@db.example/chat\nOPENAI_KEY="of chat"\nEMPTY=\n';
const JSON_KEY = '{\n  "type": "service_account",\n  "private_key_id": "0a1b2c3d4e5f"\n}\n';

test.concurrent.each([
  ['a hash after a blank', 'PASS=correct horse #battery', [hasHash('PASS')], ['correct horse #battery']],
  ['a hash without one', 'PASS=correct#battery', [hasHash('PASS')], ['correct#battery']],
  ['a dotenv file', `DOTENV_LOCAL=${DOTENV}`, [isFirstLine('DOTENV_LOCAL', 'a dotenv file'), 'EMPTY'], ['of chat']],
  ['a key', `A=1\nKEY=${PEM}B=2`, [isFirstLine('KEY', 'a key or certificate', 2)], ['kiG9w0B+AQEFAASC/Q==']],
  ['a JSON text', `GCP=${JSON_KEY}`, [isFirstLine('GCP', 'a JSON text')], ['"private_key_id": "0a1b2c3d4e5f"']],
  ['a YAML file', 'CFG=user: me\npassword: pw-of-me\n', [isFirstLine('CFG', 'a YAML file')], ['pw-of-me']],
])('%s in a secret is refused before anything is sent, and masked whole', async (_, secrets, errors, masked) => {
  await using lab = await openLab(dockerApp('1'));

  const run = await lab.deploy({ secrets });

  const expected = errors.map((text) => (text === 'EMPTY' ? expect.stringMatching(/^EMPTY is empty\./) : text));
  expect([run.errors, run.exitCode, run.requests]).toEqual([expected, 1, []]);
  expect(run.masks).toEqual(expect.arrayContaining(masked));
  const told = JSON.stringify([run.log, run.summary, run.errors]);
  expect(masked.filter((secret) => told.includes(secret))).toEqual([]);
});

test.concurrent('by its bare name, or in quotes, a secret arrives as it is', async () => {
  await using lab = await openLab(dockerApp('1'));
  const env = { DOTENV_LOCAL: DOTENV, KEY: PEM, GCP: JSON_KEY, PASS: 'correct horse #battery' };

  const run = await lab.deploy(
    { secrets: 'DOTENV_LOCAL\nKEY\r\nexport GCP\nPASS\nQUOTED="correct horse #battery" # old\nDSN=host=db user=me' },
    { env },
  );

  const found = Object.entries(lab.space().secrets).map(([name, { value }]) => [name, value]);
  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(Object.fromEntries(found)).toEqual({
    ...env,
    QUOTED: 'correct horse #battery',
    DSN: 'host=db user=me',
  });
});
