import { expect, test } from '@jest/globals';
import { secretsOfCommand, strangersCommand } from '../../../../src/inputs/checks/command.ts';

const env = {
  E2E_PASSWORD: 'a-long-enough-password',
  DB_PASS: 'p4ssw0rd!',
  SORT_KEY: 'name',
  PATH: '/bin',
  KEY: `sk-proj-${'a1'.repeat(20)}`,
  TOKEN: 'short',
};

test('what looks like a secret in the environment of a command, and in its text, is one', () => {
  const text = 'curl postgres://me:p4ssw0rd@db.example/app';
  expect(secretsOfCommand(text, { env })).toEqual([
    env.E2E_PASSWORD,
    env.DB_PASS,
    env.KEY,
    'postgres://me:p4ssw0rd@db.example',
  ]);
  expect(secretsOfCommand('', { env })).toEqual([]);
});

test.each<[string, string | undefined, boolean, string | undefined, number]>([
  ['verify, for a stranger', 'verify', true, 'make', 1],
  ['restart, for a stranger', 'restart', true, 'make', 1],
  ['deploy, which looks whose the files are', 'deploy', true, 'make', 0],
  ['no mode, which is deploy', undefined, true, 'make', 0],
  ['verify, for nobody else', 'verify', false, 'make', 0],
  ['no command', 'verify', true, undefined, 0],
])('a command in %s', (_, mode, isUntrusted, checkCommand, problems) => {
  const untrusted = isUntrusted ? { event: 'pull_request_target' } : undefined;
  const run = { isManual: false, untrusted } as Parameters<typeof strangersCommand>[1];
  expect(strangersCommand({ checkCommand, mode }, run)).toHaveLength(problems);
});
