import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, test } from '@jest/globals';
import { isGone, thisOwner } from '../../../../emulator/runtime/container/owner.ts';

test('what belongs to a process that lives is not left behind', () => {
  expect(isGone(thisOwner())).toBe(false);
});

test('what belonged to a process that has ended is, also when its number is used again', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(isGone(`0a.${child.pid}.0@${hostname()}`)).toBe(true);
  expect(isGone(`0a.${process.pid}.1@${hostname()}`)).toBe(true);
});

test.each([`0a.1.2@another-${hostname()}`, 'somebody', '', `0a.x.2@${hostname()}`])(
  'nothing is known of the owner %j',
  (owner) => {
    expect(isGone(owner)).toBe(false);
  },
);
