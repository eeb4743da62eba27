import { expect, test } from '@jest/globals';
import { bearsFingerprint, fingerprintOf } from '../../../src/space/fingerprint.ts';

test('a description tells whether a value is the same, and does not hold it', async () => {
  const description = await fingerprintOf('s3cret');
  expect(description).toMatch(/^Set by Spaceport; fingerprint s1:[\w-]{22}:[\w-]{32}$/);
  expect(description).not.toContain('s3cret');
  expect([
    await bearsFingerprint(description, 's3cret'),
    await bearsFingerprint(`Mine. ${description} Yours.`, 's3cret'),
    await bearsFingerprint(description, 's3cret '),
    await bearsFingerprint(description, ''),
  ]).toEqual([true, true, false, false]);
});

test('two fingerprints of one value are different: none tells that two Spaces share a secret', async () => {
  expect(await fingerprintOf('s3cret')).not.toBe(await fingerprintOf('s3cret'));
});

test('a fingerprint of an earlier version is still known', async () => {
  const earlier = 'Set by Spaceport; fingerprint s1:AAAAAAAAAAAAAAAAAAAAAA:Tbqo-Lmw4HhkwhND6kV1620gnB_vgt_J';
  expect(await bearsFingerprint(earlier, 's3cret')).toBe(true);
});

test.each([
  ['no description', undefined],
  ['an empty one', ''],
  ["somebody's words", 'The key of the mail server'],
  ['a fingerprint of another kind', 'fingerprint s2:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['a fingerprint that was cut', 'fingerprint s1:AAAAAAAAAAAAAAAAAAAAAA:AAAA'],
])('%s tells nothing', async (_, description) => {
  expect(await bearsFingerprint(description, 's3cret')).toBe(undefined);
});
