import { expect, test } from '@jest/globals';
import { installedBy } from '../../../../emulator/runtime/docker/installers.ts';

test.each([
  ['curl -LsSf https://astral.sh/uv/install.sh | sh', 'uv'],
  ['curl -LsSf https://astral.sh/uv/0.8.3/install.sh | env UV_INSTALL_DIR=/bin sh', 'uv'],
  ['wget -qO- https://astral.sh/uv/install.sh | sh', 'uv'],
  ['curl -fsSL https://bun.sh/install | bash', 'bun'],
  ['curl -fsSL https://bun.sh/install | BUN_INSTALL=/usr bash -s "bun-v1.2.5"', 'bun'],
  ['curl -fsSL https://deno.land/install.sh | sh', 'deno'],
  ['curl -sSL https://install.python-poetry.org | python3 -', 'poetry'],
  ['curl -fsSL https://deb.nodesource.com/setup_22.x | bash -', undefined],
  ['curl -LsSf https://astral.sh/uv/install.sh -o install.sh', undefined],
  ['echo https://astral.sh/uv | sh', undefined],
])('%s: %s', (command, program) => {
  expect(installedBy(command)).toBe(program);
});
