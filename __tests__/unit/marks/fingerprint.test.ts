import { expect, test } from '@jest/globals';
import { compareDatabases, fingerprintOf, hasFingerprint } from '../../../src/marks/fingerprint.ts';

test('a description shows whether a value is the same, without containing it', async () => {
  const description = await fingerprintOf('s3cret');
  expect(description).toMatch(/^Set by Spaceport; fingerprint s1:[\w-]{22}:[\w-]{32}$/);
  expect(description).not.toContain('s3cret');
  expect([
    await hasFingerprint(description, 's3cret'),
    await hasFingerprint(`Mine. ${description} Yours.`, 's3cret'),
    await hasFingerprint(description, 's3cret '),
    await hasFingerprint(description, ''),
  ]).toEqual([true, true, false, false]);
});

test('two fingerprints of one value differ: nobody can see that two Spaces share a secret', async () => {
  expect(await fingerprintOf('s3cret')).not.toBe(await fingerprintOf('s3cret'));
});

test('a fingerprint of an earlier version is still known', async () => {
  const earlier = 'Set by Spaceport; fingerprint s1:AAAAAAAAAAAAAAAAAAAAAA:Tbqo-Lmw4HhkwhND6kV1620gnB_vgt_J';
  expect(await hasFingerprint(earlier, 's3cret')).toBe(true);
});

test.each([
  ['no description', undefined],
  ['an empty one', ''],
  ["somebody's words", 'The key of the mail server'],
  ['a fingerprint of another kind', 'fingerprint s2:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['a fingerprint that was cut', 'fingerprint s1:AAAAAAAAAAAAAAAAAAAAAA:AAAA'],
])('%s says nothing about the value', async (_, description) => {
  expect(await hasFingerprint(description, 's3cret')).toBe(undefined);
});

const OURS = 'postgresql://me:secret@db.example.org/app';

test.each([
  ['the same, written the same', OURS, 'same'],
  ['the same, written otherwise', 'host=DB.example.org. dbname=app user=me', 'same'],
  ['the same, among several hosts', 'postgres://me@a.example.org,db.example.org/app', 'same'],
  ['the same of another user', 'postgres://you@db.example.org/app', 'another-user'],
  ['another', 'postgres://me@db.example.org/other', 'another'],
  ['a file', 'sqlite:///app.db', 'another'],
  ['something else', 'my-database', 'not-understood'],
])('a database beside ours that is %s', async (_, theirs, standing) => {
  expect(await compareDatabases(`${await fingerprintOf(theirs)}; run 7, before: none`, OURS)).toBe(standing);
});

test("what we do not understand is only recognised by its value, and a file of ours is nobody else's", async () => {
  const theirs = await fingerprintOf('my-database');
  expect([
    await compareDatabases(theirs, 'my-database'),
    await compareDatabases(theirs, 'your-database'),
    await compareDatabases(await fingerprintOf('sqlite:///app.db'), 'sqlite:///app.db'),
    await compareDatabases('set by hand', OURS),
  ]).toEqual(['same', 'not-understood', 'another', 'unmarked']);
});
