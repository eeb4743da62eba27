/**
 * Makes scrypt cheap for what is imported after this module: the slow hash of a secret is proven in
 * `unit/marks/fingerprint.test.ts`, and would be most of the time of a thousand deployments. Call the answer when done:
 * the module `node:crypto` is shared with all tests of this process. It rejects when a test had imported that module
 * before, since what it then imports is slow after all.
 */
export function makeHashQuick(): () => Promise<void> {
  const crypto = process.getBuiltinModule('node:crypto');
  const slow = crypto.scrypt;
  crypto.scrypt = ((password, salt, length, _cost, done) =>
    slow(password, salt, length, { N: 2, r: 1, p: 1 }, done)) as typeof slow;
  return async () => {
    crypto.scrypt = slow;
    const { scrypt } = await import('node:crypto');
    if (scrypt === slow) throw new Error('node:crypto was imported before its hash was made cheap');
  };
}
