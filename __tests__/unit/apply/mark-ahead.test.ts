import { expect, test } from '@jest/globals';
import type { Inputs } from '../../../src/inputs/inputs.ts';

const crypto = process.getBuiltinModule('node:crypto');
const slow = crypto.scrypt;
const hashed: unknown[] = [];
crypto.scrypt = ((text: string, ...rest: unknown[]) => {
  hashed.push(text);
  return Reflect.apply(slow, crypto, [text, ...rest]);
}) as typeof slow;
// Not before the above: what they import of node:crypto stays as it is then.
const { markAhead } = await import('../../../src/apply/mark-ahead.ts');
const { repositoryMark } = await import('../../../src/marks/repository-mark.ts');

const inputsOf = (run: object, id: string) =>
  ({ run: { isManual: false, ...run }, space: { id } }) as unknown as Inputs;
const page = 'https://github.com/acme/app';

/** A clock on which the Hub takes longer than a near one, or answers before. */
const clockOf = (isFar: boolean) => ({
  clock: {
    sleep: (_ms: number, signal?: AbortSignal) =>
      isFar
        ? Promise.resolve()
        : new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  } as never,
});

test('the mark of a new Space is made while a Hub that is far away is waited for, and once in a run', async () => {
  const answered = markAhead(clockOf(true), inputsOf({ page }, 'acme/far'));
  await new Promise(setImmediate);
  answered();
  const [mark, again] = await Promise.all([
    repositoryMark(page, 'acme/far'),
    repositoryMark(`${page}/actions/runs/7`, 'Acme/Far'),
  ]);

  expect(mark).toMatch(/^r1:[\w-]{32}$/);
  expect([again, hashed]).toEqual([mark, [page]]);
});

test('it is not made for nothing: neither for a Hub that is near, nor without a repository', async () => {
  const before = hashed.length;
  const near = markAhead(clockOf(false), inputsOf({ page }, 'acme/near'));
  near();
  markAhead(clockOf(true), inputsOf({}, 'acme/none'))();
  await new Promise(setImmediate);

  expect(hashed.length).toBe(before);
});
