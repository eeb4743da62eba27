import { expect, test } from '@jest/globals';
import { findPython } from '../../emulator/runtime/programs/machine-programs.ts';
import { type Files, type Rig, rig } from '../emulator/runtime/rig.ts';

/**
 * What the engine without containers brings from Python's registry and npm's. A machine without the Python that an
 * image has is told so: each case says which of both it expects.
 */
const SERVER_PY = `import http.server, importlib.metadata, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        version = 'Python %d.%d' % sys.version_info[:2]
        self.wfile.write((version + ', itsdangerous ' + importlib.metadata.version('itsdangerous')).encode())
    def log_message(self, *args): pass
http.server.HTTPServer(('0.0.0.0', int(os.environ['PORT'])), Handler).serve_forever()
`;
const PYPROJECT = `[project]
name = "app"
version = "0.1.0"
requires-python = ">=3.10"
dependencies = ["itsdangerous==2.2.0"]
`;
const PYTHON_APP: Files = {
  'server.py': SERVER_PY,
  'pyproject.toml': PYPROJECT,
  'requirements.txt': 'itsdangerous==2.2.0\n',
};
const JS =
  "require('node:http').createServer((_, a) => a.end(String(require('is-number')(1)) + ' ' + process.version.split('.')[0])).listen(process.env.PORT);\n";
const MANIFEST = '{ "name": "app", "dependencies": { "is-number": "7.0.0" } }\n';

async function answer(it: Rig, files: Files): Promise<string> {
  it.push(files);
  const seen = await it.until('RUNNING');
  return seen.includes('not rehearsable')
    ? `not rehearsable: ${it.notRehearsable.join(' ')}`
    : (await it.get('/')).body;
}

const UV_SYNC = `WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/uv --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\
    uv sync --no-install-project
COPY . .
RUN uv sync
ENV PATH="/app/.venv/bin:$PATH"
CMD ["python", "server.py"]
`;
const FROM_TWO_STAGES = `ARG INCLUDE_DB=false
FROM python:3.12-slim AS builder
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN pip install -r requirements.txt
FROM python:3.12-slim AS local_db_false
FROM mongo:7 AS local_db_true
FROM local_db_\${INCLUDE_DB}
COPY --from=builder --chown=1000 /opt/venv /opt/venv
WORKDIR /app
COPY --chown=1000 --link server.py ./
`;

test.each([
  ["uv's own image", `FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim\n${UV_SYNC}`],
  [
    'uv copied from its image',
    `FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:latest --chmod=755 /uv /uvx /bin/\n${UV_SYNC}`,
  ],
  ['uv installed by pip', `FROM python:3.12-slim\nRUN pip install --no-cache-dir uv\n${UV_SYNC}`],
  [
    'uv from a stage',
    `FROM ghcr.io/astral-sh/uv:0.8 AS uv\nFROM python:3.12-slim\nCOPY --from=uv --chown=0 /uv /usr/local/bin/uv\n${UV_SYNC}`,
  ],
  [
    'uv by its installer, into a directory that a variable names',
    `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl && curl -LsSf https://astral.sh/uv/install.sh | sh\nENV PATH="/root/.local/bin/:$PATH" UV_PROJECT_ENVIRONMENT=/opt/env\n${UV_SYNC.replace('/app/.venv', '/opt/env')}`,
  ],
  [
    'a virtual environment of another stage',
    `${FROM_TWO_STAGES}ENV PATH="/opt/venv/bin:$PATH"\nCMD ["python", "server.py"]\n`,
  ],
  ['the program of an environment of another stage', `${FROM_TWO_STAGES}CMD ["/opt/venv/bin/python", "server.py"]\n`],
  [
    'packages of another stage',
    'FROM python:3.12-slim AS b\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nFROM python:3.12-slim\nCOPY --chown=1 --from=b /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages\nWORKDIR /app\nCOPY . .\nCMD ["python", "server.py"]\n',
  ],
])('%s', async (_, Dockerfile) => {
  await using it = await rig();
  const here = (await findPython('3.12'))
    ? 'Python 3.12, itsdangerous 2.2.0'
    : /^not rehearsable: The image .* has Python 3\.12; this machine has/;
  expect(await answer(it, { ...PYTHON_APP, Dockerfile })).toEqual(
    typeof here === 'string' ? here : expect.stringMatching(here),
  );
});

test('poetry, where its own index can be reached', async () => {
  await using it = await rig();
  const Dockerfile = `FROM python:slim
RUN pip install poetry==2.1.3
WORKDIR /app
COPY . .
RUN poetry config virtualenvs.create false && poetry install --no-root
CMD ["python", "server.py"]
`;
  // It asks pypi.org itself, whatever index pip has been given; never is that the app's failure.
  expect(await answer(it, { ...PYTHON_APP, Dockerfile })).toMatch(
    /^(?:Python 3\.\d+, itsdangerous 2\.2\.0|not rehearsable: This machine does not reach what the step downloads from\.)$/,
  );
});

const JS_APP: Files = { 'package.json': MANIFEST, 'server.js': JS };
const COPY_ALL = 'WORKDIR /app\nCOPY package.json ./\n';

test.each([
  ['bun', `FROM oven/bun:1\n${COPY_ALL}RUN bun install\nCOPY . .\nCMD ["bun", "server.js"]\n`, /^true v\d+$/],
  [
    'a version of bun, and its entry point',
    `FROM oven/bun:1.2.5-slim\n${COPY_ALL}RUN bun install --production\nCOPY . .\nCMD ["run", "server.js"]\n`,
    /^true v22$/,
  ],
  [
    'bun for the build only',
    `FROM oven/bun:1 AS b\n${COPY_ALL}RUN bun install\nFROM node:24-slim\nWORKDIR /app\nCOPY --link --from=b /app/node_modules node_modules\nCOPY . .\nCMD ["server.js"]\n`,
    /^true v24$/,
  ],
  [
    'another Node',
    `FROM node:22-slim\n${COPY_ALL}RUN npm install\nCOPY . .\nCMD ["node", "server.js"]\n`,
    /^true v22$/,
  ],
  [
    'pnpm by corepack',
    `FROM node:24-slim\nRUN corepack enable\n${COPY_ALL}RUN pnpm install\nCOPY . .\nCMD ["node", "server.js"]\n`,
    /^true v24$/,
  ],
  ['yarn', `FROM node:24-slim\n${COPY_ALL}RUN yarn install\nCOPY . .\nCMD node server.js\n`, /^true v24$/],
  [
    'a version that npm does not have',
    `FROM oven/bun:0.0.99\n${COPY_ALL}CMD ["bun", "server.js"]\n`,
    /^not rehearsable: The image has bun 0\.0\.99; this machine has not, and it could not be brought from npm \(/,
  ],
])('%s', async (_, Dockerfile, expected) => {
  await using it = await rig();
  expect(await answer(it, { ...JS_APP, Dockerfile })).toMatch(expected);
});

test('deno', async () => {
  await using it = await rig();
  const files = {
    Dockerfile:
      'FROM denoland/deno:2.1.4\nWORKDIR /app\nCOPY . .\nRUN deno cache main.ts\nCMD ["run", "--allow-net", "--allow-env", "main.ts"]\n',
    'main.ts': "Deno.serve({ port: Number(Deno.env.get('PORT')) }, () => new Response(`deno ${Deno.version.deno}`));\n",
  };
  expect(await answer(it, files)).toBe('deno 2.1.4');
});

test.each([
  [
    'a package that wants a newer Python than the newest of this machine',
    'python:slim',
    '>=3.99',
    /^not rehearsable: The image python:slim has the newest python/,
  ],
  [
    'uv that would download another Python',
    'ghcr.io/astral-sh/uv:python3.11-bookworm-slim',
    '>=3.99',
    /^not rehearsable: uv would download Python >=3\.99/,
  ],
  [
    'a Python that this machine has not',
    'python:3.99-slim',
    '>=3.10',
    /^not rehearsable: The image python:3\.99-slim has Python 3\.99; this machine has/,
  ],
])('%s', async (_, image, wants, expected) => {
  await using it = await rig();
  const install = image.includes('uv:') ? 'uv sync' : 'pip install .';
  const Dockerfile = `FROM ${image}\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["python", "server.py"]\n`;
  const pyproject = PYPROJECT.replace('>=3.10', wants);
  expect(await answer(it, { ...PYTHON_APP, 'pyproject.toml': pyproject, Dockerfile })).toMatch(expected);
});
