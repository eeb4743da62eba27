import type { Files } from '../../emulator/runtime/rig.ts';

/** Repositories of a kind that processes of this machine cannot build, or build wrongly. */
export interface Kind {
  readonly kind: string;
  readonly files: Files;
  readonly variables?: Readonly<Record<string, string>>;
  /** What `/` answers. */
  readonly answer: string;
}

/** Serves `answer.txt`, which the build made. */
const SERVE = `import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(open('answer.txt', 'rb').read().strip())
http.server.HTTPServer(('0.0.0.0', 7860), Handler).serve_forever()
`;
const PROJECT = `[project]
name = "probe"
version = "0.1.0"
requires-python = ">=3.12"
dependencies = ["six==1.17.0"]
`;
const BUN_SERVER = `import isNumber from 'is-number';
Bun.serve({ port: 7860, hostname: '0.0.0.0', fetch: () => new Response('bun ' + isNumber(7)) });
`;
const BUN_PACKAGE = '{ "name": "probe", "dependencies": { "is-number": "7.0.0" } }\n';
const SERVE_AS_USER = 'USER 1000\nCMD ["python", "serve.py"]\n';

const uv: Kind[] = [
  {
    kind: 'an image with uv: uv sync',
    files: {
      Dockerfile: `FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim
WORKDIR /app
COPY pyproject.toml serve.py ./
RUN uv sync && uv run python -c 'import six; print("six", six.__version__)' > answer.txt
CMD ["/app/.venv/bin/python", "serve.py"]
`,
      'pyproject.toml': PROJECT,
      'serve.py': SERVE,
    },
    answer: 'six 1.17.0',
  },
  {
    kind: 'uv copied out of its image',
    files: {
      Dockerfile: `FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/
WORKDIR /app
COPY serve.py ./
RUN uv pip install --system --break-system-packages six==1.17.0 && python -c 'import six; print(six.__version__)' > answer.txt
${SERVE_AS_USER}`,
      'serve.py': SERVE,
    },
    answer: '1.17.0',
  },
  {
    kind: 'a program of Debian',
    files: {
      Dockerfile: `FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY serve.py ./
RUN echo '{"a":"from jq"}' | jq --raw-output .a > answer.txt
${SERVE_AS_USER}`,
      'serve.py': SERVE,
    },
    answer: 'from jq',
  },
  {
    kind: 'a program that another stage compiled into /usr/local/bin',
    files: {
      Dockerfile: `FROM python:3.12-slim AS tools
RUN printf '#!/bin/sh\\necho made' > /usr/local/bin/maker && chmod +x /usr/local/bin/maker
FROM python:3.12-slim
COPY --from=tools /usr/local/bin/maker /usr/local/bin/
WORKDIR /app
COPY serve.py ./
RUN maker > answer.txt
${SERVE_AS_USER}`,
      'serve.py': SERVE,
    },
    answer: 'made',
  },
];

const bun: Kind[] = [
  {
    kind: 'an image with bun: bun install',
    files: {
      Dockerfile: `FROM oven/bun:1
WORKDIR /app
COPY package.json server.ts ./
RUN bun install
USER bun
CMD ["bun", "server.ts"]
`,
      'package.json': BUN_PACKAGE,
      'server.ts': BUN_SERVER,
    },
    answer: 'bun true',
  },
  {
    kind: 'an image with deno',
    files: {
      Dockerfile: `FROM denoland/deno:2.9.6
WORKDIR /app
COPY server.ts ./
USER deno
CMD ["deno", "run", "--allow-net", "server.ts"]
`,
      'server.ts': "Deno.serve({ port: 7860, hostname: '0.0.0.0' }, () => new Response('deno'));\n",
    },
    answer: 'deno',
  },
  {
    kind: 'bun copied into an image of Node, with its own lockfile made there',
    files: {
      Dockerfile: `FROM node:24-slim
COPY --from=oven/bun:1 /usr/local/bin/bun /usr/local/bin/bun
WORKDIR /app
COPY package.json server.ts ./
RUN bun install && test -f bun.lock
USER node
CMD ["bun", "server.ts"]
`,
      'package.json': BUN_PACKAGE,
      'server.ts': BUN_SERVER,
    },
    answer: 'bun true',
  },
  {
    kind: 'one file that bun bundles, in an image without packages',
    files: {
      Dockerfile: `FROM oven/bun:1 AS build
WORKDIR /src
COPY . .
RUN bun install && bun build server.ts --target=bun --outfile=server.js
FROM oven/bun:1
COPY --from=build --chown=1000:1000 /src/server.js /home/bun/app/
USER bun
CMD ["bun", "server.js"]
`,
      'package.json': BUN_PACKAGE,
      'server.ts': BUN_SERVER,
    },
    answer: 'bun true',
  },
];

const versions: Kind[] = [
  {
    kind: 'a package that needs Python 3.12 or later',
    files: {
      Dockerfile: `FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --break-system-packages ./needs-new && python -c 'import needs_new; print(needs_new.it)' > answer.txt
${SERVE_AS_USER}`,
      'needs-new/pyproject.toml': `[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "needs-new"
version = "1"
requires-python = ">=3.12"
`,
      'needs-new/needs_new.py': 'type It = str\nit: It = "new"\n',
      'serve.py': SERVE,
    },
    answer: 'new',
  },
  {
    kind: 'words that only a newer Python knows',
    files: {
      Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN python make.py > answer.txt\n${SERVE_AS_USER}`,
      'make.py': 'def first[T](items: list[T]) -> T:\n    return items[0]\nprint(first(["generic"]))\n',
      'serve.py': SERVE,
    },
    answer: 'generic',
  },
  {
    kind: 'a package that refuses another Node',
    files: {
      Dockerfile: `FROM node:24-slim
WORKDIR /app
COPY . .
RUN npm ci --engine-strict
USER node
CMD ["node", "server.mjs"]
`,
      'package.json': '{ "name": "probe", "version": "1.0.0", "engines": { "node": ">=24" } }\n',
      'package-lock.json':
        '{ "name": "probe", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "probe", "version": "1.0.0", "engines": { "node": ">=24" } } } }\n',
      'server.mjs':
        "import { createServer } from 'node:http';\ncreateServer((_, response) => response.end('node ' + process.versions.node.split('.')[0])).listen(7860, '0.0.0.0');\n",
    },
    answer: 'node 24',
  },
  {
    kind: 'a version that a variable of the Space chooses',
    files: {
      Dockerfile: `ARG PYTHON=3.13
FROM python:\${PYTHON}-slim
WORKDIR /app
COPY . .
RUN python -c 'import sys; print(sys.version_info >= (3, 12))' > answer.txt
${SERVE_AS_USER}`,
      'serve.py': SERVE,
    },
    variables: { PYTHON: '3.12' },
    answer: 'True',
  },
];

const STAGES = `ARG INCLUDE_DB=false
FROM python:3.12-slim AS builder
RUN useradd --uid 1000 user && mkdir /made && echo built > /made/answer.txt
FROM builder AS local_db_true
RUN echo with a database >> /made/answer.txt
FROM builder AS local_db_false
RUN echo without a database >> /made/answer.txt
FROM local_db_\${INCLUDE_DB} AS last
FROM python:3.12-slim
WORKDIR /app
COPY --chown=1000 --from=last /made ./
COPY --from=last --chown=1000 /made/answer.txt again.txt
COPY serve.py ./
`;

const stages: Kind[] = [
  {
    kind: 'a stage named by a variable, COPY --from beside another flag',
    files: { Dockerfile: `${STAGES}${SERVE_AS_USER}`, 'serve.py': SERVE },
    variables: { INCLUDE_DB: 'true' },
    answer: 'built\nwith a database',
  },
  {
    kind: 'the same stage by its default, and a stage by its number',
    files: {
      Dockerfile: `${STAGES}COPY --chown=1000:1000 --from=2 /made/answer.txt ./\n${SERVE_AS_USER}`,
      'serve.py': SERVE,
    },
    answer: 'built\nwithout a database',
  },
  {
    kind: 'ONBUILD, SHELL and the mounts of BuildKit',
    files: {
      Dockerfile: `FROM python:3.12-slim AS base
ONBUILD RUN echo onbuild > /answer.txt
FROM base
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /app
COPY serve.py ./
RUN --mount=type=cache,target=/cache --mount=type=bind,source=words.txt,target=/words.txt \\
    words=(one two); cat /answer.txt /words.txt <(echo "\${words[1]}") > answer.txt
${SERVE_AS_USER}`,
      'serve.py': SERVE,
      'words.txt': 'bound\n',
    },
    answer: 'onbuild\nbound\ntwo',
  },
  {
    kind: 'an ignored file that comes back, and an ignored one that stays away',
    files: {
      '.dockerignore': 'data/*\n!data/kept.txt\n*.md\n',
      Dockerfile: `FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN ls data > answer.txt && ! test -e README.md
${SERVE_AS_USER}`,
      'serve.py': SERVE,
      'README.md': '---\nsdk: docker\n---\n',
      'data/kept.txt': '',
      'data/left.txt': '',
    },
    answer: 'kept.txt',
  },
];

export const KINDS: readonly Kind[] = [...uv, ...bun, ...versions, ...stages];
