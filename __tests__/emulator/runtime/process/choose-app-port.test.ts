import { expect, test } from '@jest/globals';
import { chooseAppPort } from '../../../../emulator/runtime/process/choose-app-port.ts';

test('ports of apps lie below those of connections, and differ although none is open yet', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, chooseAppPort));
  expect(ports.filter((port) => port < 12_000 || port >= 32_000)).toEqual([]);
  expect(new Set(ports).size).toBe(ports.length);
});
