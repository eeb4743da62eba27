import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageServer } from '../package-server.ts';
import { nodeApp, type Rig, rig } from '../rig.ts';

async function env(it: Rig): Promise<Record<string, string>> {
  return JSON.parse((await it.get('/env')).body) as Record<string, string>;
}

function log(it: Rig): string {
  return it.space.buildLog.lines.map((line) => line.data).join('');
}

test('stages, arguments, environment, globs and ignored files', async () => {
  await using it = await rig({ card: { sdk: 'docker', title: 'An app', app_port: 8080 } });
  it.variables['FROM_HUB'] = 'variable';
  const { 'server.mjs': server = '' } = nodeApp('staged');
  it.push({
    '.dockerignore': '# nothing secret\n*\n!src\n!package*.json\nsrc/secret.txt\n',
    Dockerfile: `# syntax=docker/dockerfile:1
ARG VERSION=24
FROM node:\${VERSION}-slim AS build
ARG FROM_HUB=default
ARG MODE=production
WORKDIR /build
COPY package*.json ./
COPY --chown=1000:1000 src ./src
RUN mkdir -p /build/dist && \\
    # the app in one file
    cp src/server.mjs dist/server.mjs && echo "$FROM_HUB $MODE" > dist/args.txt

FROM nothing AS unused
RUN exit 1

FROM node:$VERSION
ENV HOME=/home/me \\
    DATA="/srv/data dir" PORT=8080 OTHER_PORT=8080
ENV GREETING='$HOME' DATABASE_URL=sqlite:////srv/app.db REMOTE=http://srv/app
WORKDIR /srv
WORKDIR app
COPY --from=build /build/dist ./
COPY <<EOF /srv/app/note.txt
home is $HOME
EOF
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
RUN useradd -m -u 1000 me; chown -R me /srv
USER me
EXPOSE 8080
HEALTHCHECK CMD curl localhost:8080
ENTRYPOINT ["node"]
CMD ["server.mjs", "--port", "8080", "--bind=0.0.0.0:8080"]
`,
    'package.json': '{}',
    'src/server.mjs': server.replace(
      "if (request.url === '/env')",
      `if (request.url === '/args') return response.end(JSON.stringify(process.argv.slice(2)));
  if (request.url === '/files') return response.end(['args.txt', 'note.txt'].map((name) => readFileSync(name, 'utf8')).join(''));
  if (request.url === '/env')`,
    ),
    'src/secret.txt': 'x',
    'README.md': '',
  });
  await it.until('RUNNING');
  expect(log(it)).not.toContain('ERROR');
  const seen = await env(it);
  const port = String(seen['PORT']);
  expect(seen).toMatchObject({
    HOME: expect.stringMatching(/container-1\/home\/me$/),
    DATA: expect.stringMatching(/container-1\/srv\/data dir$/),
    GREETING: '$HOME',
    OTHER_PORT: port,
    DATABASE_URL: expect.stringMatching(/^sqlite:\/\/\/\/.*container-1\/srv\/app\.db$/),
    REMOTE: 'http://srv/app',
    FROM_HUB: 'variable',
    SPACE_ID: 'me/app',
    SPACE_HOST: new URL(it.space.appUrl).host,
    SPACE_AUTHOR_NAME: 'me',
    SPACE_REPO_NAME: 'app',
    SPACE_TITLE: 'An app',
    CPU_CORES: '2',
    MEMORY: '16Gi',
    ACCELERATOR: 'none',
  });
  expect(JSON.parse((await it.get('/args')).body)).toEqual(['--port', port, `--bind=0.0.0.0:${port}`]);
  expect((await it.get('/files')).body).toMatch(/^variable production\nhome is \/home\/me\n$/);
  expect(log(it)).toContain('--> FROM node:24-slim AS build\nDONE 0.0s\n');
  expect(log(it)).toContain('skipped, it would change this machine: apt-get install -y curl\n');
  expect(log(it)).toContain('skipped, it would change this machine: rm -rf /var/lib/apt/lists/*\n');
  expect(log(it)).toContain('skipped, it would change this machine: chown -R me /srv\n');
  expect(log(it)).not.toContain('unused');
});

test('the environment of the emulator stays with the emulator', async () => {
  process.env['EMULATOR_SECRET'] = 'x';
  process.env['npm_config_registry'] ??= 'http://127.0.0.1:9/';
  await using it = await rig();
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  const names = Object.keys(await env(it)).filter((name) => !['LANG', 'LC_ALL', 'TMPDIR'].includes(name));
  expect(names.sort()).toEqual(
    'ACCELERATOR CPU_CORES HOME MEMORY PATH PORT SPACE_AUTHOR_NAME SPACE_HOST SPACE_ID SPACE_REPO_NAME SPACE_TITLE'.split(
      ' ',
    ),
  );
});

test('a secret is a file for the step that mounts it, and no longer', async () => {
  await using it = await rig();
  it.secrets['TOKEN'] = 'hush';
  it.push(
    nodeApp(
      'one',
      `FROM node:24
WORKDIR /app
COPY . .
RUN --mount=type=secret,id=TOKEN,required=true wc -c < /run/secrets/TOKEN
RUN test ! -e /run/secrets/TOKEN
CMD node server.mjs
`,
    ),
  );
  await it.until('RUNNING');
  expect(log(it)).toMatch(/--> RUN wc -c < \/run\/secrets\/TOKEN\n\s*4\nDONE/);
  expect(log(it)).not.toContain('hush');
});

test('stages named by arguments, flags in any order, triggers, mounts and here documents', async () => {
  await using it = await rig();
  it.variables['INCLUDE_DB'] = 'true';
  it.secrets['KEY'] = 'hush';
  it.push(
    nodeApp(
      'one',
      `# syntax=docker/dockerfile:1
ARG INCLUDE_DB=false
FROM node:24-slim AS builder
WORKDIR /app
COPY . .
RUN mkdir -p dist && cp server.mjs dist/
ONBUILD RUN --mount=type=secret,id=KEY,env=KEY echo "key of \${#KEY}" > /app/trigger.txt

FROM builder AS local_db_false
RUN exit 1

FROM builder AS local_db_true
RUN --mount=type=bind,source=package.json,target=manifest.json --mount=type=cache,target=/cache,id=x \\
    # both are gone afterwards
    cp manifest.json copy.json && touch /cache/x

FROM local_db_\${INCLUDE_DB} AS db

FROM node:24-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /srv
COPY --from=builder --chown=1000 /app/dist ./
COPY --chmod=755 --from=db /app/trigger.txt /app/copy.json ./
RUN <<EOF
set -e
for name in *; do [[ -e "$name" ]] && echo "$name" >> list.txt; done
EOF
COPY <<-'EOT' note.txt
\tcosts $5
\tEOT
CMD ["node", "server.mjs"]
`,
      { 'package.json': '{}', 'extra.txt': '' },
      "response.end(['list.txt', 'trigger.txt', 'note.txt'].map((name) => readFileSync(name, 'utf8')).join(''))",
    ),
  );
  await it.until('RUNNING');
  expect(await it.get('/')).toEqual({
    status: 200,
    body: 'copy.json\nserver.mjs\ntrigger.txt\nkey of 4\ncosts $5\n',
  });
  expect(log(it)).not.toMatch(/hush|exit 1/);
});

test('an install from the same lock is reused, by another Space too', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'layers-'));
  const workDir = directory.path;
  await using first = await rig({ workDir });
  await using registry = await packageServer({ 'index.js': "module.exports = 'a package';" });
  const root = { name: 'app', version: '1.0.0', dependencies: { local: '1.0.0' } };
  const lock = {
    ...root,
    lockfileVersion: 3,
    packages: {
      '': root,
      'node_modules/local': { version: '1.0.0', resolved: `${registry.url}/local.tgz`, integrity: registry.integrity },
    },
  };
  const files = {
    ...nodeApp(
      'one',
      'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\nCMD node server.mjs\n',
    ),
    'package.json': JSON.stringify(root),
    'server.mjs':
      nodeApp('')['server.mjs']?.replace("end('')", 'end(local)').replace(/^/, "import local from 'local';\n") ?? '',
    'package-lock.json': JSON.stringify(lock),
  };
  first.push(files);
  await first.until('RUNNING');
  expect(log(first)).not.toContain('CACHED');
  await using second = await rig({ workDir });
  second.push({ ...files, 'server.mjs': `// changed\n${files['server.mjs']}` });
  await second.until('RUNNING');
  expect(log(second)).toMatch(/^CACHED$/m);
  expect(await second.get('/')).toEqual({ status: 200, body: 'a package' });
  second.space.restart({ factory: true });
  await second.until('RUNNING');
  expect(log(second)).not.toContain('CACHED');
});
