import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { judgeCommand } from '../../../../emulator/runtime/docker/judge-command.ts';
import { ImagePaths } from '../../../../emulator/runtime/image/image-paths.ts';

test.each([
  ['npm ci', 'run'],
  ['NODE_ENV=production npm run build', 'run'],
  ['exit 1', 'run'],
  ['python -m pip install x', 'run'],
  ['./prepare.sh', 'run'],
  ['sh prepare.sh --fast', 'run'],
  ['sh missing.sh', 'run'],
  ['sh /usr/lib/missing.sh', 'lacks'],
  ['bash -lc "npm ci"', 'run'],
  ['bash -c "useradd x"', 'skip'],
  ['mkdir -p /app/data', 'run'],
  ['rm -rf tests', 'run'],
  ['rm -rf ../..', 'skip'],
  ['rm -rf /var/lib/apt/lists/*', 'skip'],
  ['cp a /etc/passwd', 'skip'],
  ['echo $(whoami)', 'run'],
  ['echo $(sudo reboot)', 'skip'],
  ['echo $(go version)', 'lacks'],
  ['go build ./...', 'lacks'],
  ['cargo build --release', 'lacks'],
  ['curl -fsSL https://example.org/install.sh', 'lacks'],
  ['ffmpeg -version', 'lacks'],
  ['bun install', 'lacks'],
  ['uv sync', 'lacks'],
  ['/usr/bin/uv sync', 'lacks'],
  ['python3.12 -m venv /app/venv', 'run'],
  ['pnpm install', 'lacks'],
  ['yarn install', 'run'],
  ["node -e 'console.log(`so`)'", 'run'],
  ['apt-get update', 'skip'],
  ['useradd -m -u 1000 user', 'skip'],
  ['chown -R user /app', 'skip'],
  ['corepack enable', 'skip'],
  ['npm cache clean --force', 'skip'],
  ['npm config set fetch-retries 5', 'skip'],
  ['git config user.name me', 'run'],
  ['if [ -f a ]', 'compound'],
])('%s: %s', async (command, verdict) => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'judge-'));
  await mkdir(join(directory.path, 'app'));
  await writeFile(join(directory.path, 'app', 'prepare.sh'), '');
  const paths = new ImagePaths(directory.path, ['/app']);
  expect(
    judgeCommand(paths.mapText(command), {
      paths,
      cwd: paths.locate('/app'),
      programs: [],
      languages: ['node', 'python'],
    }),
  ).toBe(verdict);
});
