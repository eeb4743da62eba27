import { expect, test } from '@jest/globals';
import { KNOWN_CAUSES, likelyCause } from '../../../../src/verify/causes/likely-cause.ts';

const LINES: readonly (readonly [string, string])[] = [
  ['Collision on variables and secrets names', 'A variable and a secret of the Space have the same name.'],
  [
    'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref 4b1f::x: "/requirements.txt": not found',
    'The Dockerfile copies "requirements.txt", which is not in the Space.',
  ],
  [
    'COPY failed: stat /var/lib/docker/tmp/builder/app.py: no such file or directory',
    'The Dockerfile copies "/var/lib/docker/tmp/builder/app.py", which is not in the Space.',
  ],
  ['failed: "/$&$\'.txt": not found', 'The Dockerfile copies "$&$\'.txt", which is not in the Space.'],
  ['Job failed with exit code: 137. Reason: OOMKilled', 'It ran out of memory.'],
  ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'It ran out of memory.'],
  ['MemoryError: Unable to allocate 12.0 GiB for an array', 'It ran out of memory.'],
  ['Loading model\nKilled\n', 'It ran out of memory.'],
  ['Scheduling failure: unable to schedule', 'The Hub has no machine free of the hardware that the Space asks for.'],
  [
    'Scheduling failure: not enough hardware capacity',
    'The Hub has no machine free of the hardware that the Space asks for.',
  ],
  ['Flagged as abusive', 'The Hub has stopped this Space as abusive.'],
  [
    'No @spaces.GPU function detected during startup',
    'The hardware is ZeroGPU, and no function of the app asks for a GPU.',
  ],
  ['Launch timed out, workload was not healthy after 30 min', 'The app never opened the port that the Hub waits for.'],
  [
    'npm error code EUSAGE\nnpm error The `npm ci` command can only install with an existing package-lock.json',
    'package-lock.json does not fit package.json, or is not in the Space.',
  ],
  ['npm ERR! code EUSAGE', 'package-lock.json does not fit package.json, or is not in the Space.'],
  [
    'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.',
    'package-lock.json does not fit package.json, or is not in the Space.',
  ],
  [
    'ERROR: Could not find a version that satisfies the requirement pandas==99\nERROR: No matching distribution found for pandas==99',
    'pip finds no version of "pandas==99" for this Python.',
  ],
  ["ModuleNotFoundError: No module named 'numpy'", 'The Python module "numpy" is not found.'],
  [
    'Exit code: 0. Reason: application does not seem to be initialized',
    'The script of the app ended without starting a server.',
  ],
  ['useradd: UID 1000 is not unique', 'The base image already has a user or group with the id 1000.'],
  ["groupadd: GID '1000' already exists", 'The base image already has a user or group with the id 1000.'],
  ["addgroup: gid '1000' in use", 'The base image already has a user or group with the id 1000.'],
  ['adduser: The UID 1000 is already in use.', 'The base image already has a user or group with the id 1000.'],
  ["useradd: user 'ubuntu' already exists", 'The base image already has a user or group with the id 1000.'],
  ['/usr/local/bin/python: No module named uvicorn', 'The Python module "uvicorn" is not found.'],
  [
    'RuntimeError: Form data requires "python-multipart" to be installed.',
    'The Python module "python-multipart" is not found.',
  ],
  ['sh: 1: tsc: not found', 'npm has not installed the tool "tsc", which the build of the app uses.'],
  ['/bin/sh: vite: not found', 'npm has not installed the tool "vite", which the build of the app uses.'],
  ["/usr/bin/env: 'python3\\r': No such file or directory", 'A script has the line ends of Windows.'],
  ['/app/start.sh: 2: set: Illegal option -', 'A script has the line ends of Windows.'],
  [
    'standard_init_linux.go:228: exec user process caused: no such file or directory',
    'The script is there but cannot be started: its first line names an interpreter that the image does not have, often because of line ends of Windows.',
  ],
  [
    "ERROR:    [Errno 13] error while attempting to bind on address ('0.0.0.0', 80): permission denied",
    'The server wants port "80", and a Space runs as user 1000, who may not open ports below 1024.',
  ],
  [
    'listen tcp :80: bind: permission denied',
    'The server wants port "80", and a Space runs as user 1000, who may not open ports below 1024.',
  ],
  [
    'exec /app/start.sh: no such file or directory',
    'The script "/app/start.sh" is there but cannot be started: its first line names an interpreter that the image does not have, often because of line ends of Windows.',
  ],
  [
    'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)',
    'The server wants port "80", and a Space runs as user 1000, who may not open ports below 1024.',
  ],
  [
    'Error: listen EACCES: permission denied 0.0.0.0:80',
    'The server wants port "80", and a Space runs as user 1000, who may not open ports below 1024.',
  ],
  [
    'connection to server at "db.abc.supabase.co" (2a05:d018::1), port 5432 failed: Network is unreachable',
    'The app cannot reach its database: a Space has no IPv6, and may not reach port 5432.',
  ],
  [
    'OSError: [Errno 101] Network is unreachable',
    'The app connects to a server that a Space cannot reach: it has no IPv6, and reaches only some ports.',
  ],
  [
    'Error: connect ENETUNREACH 20.1.2.3:3306 - Local (0.0.0.0:0)',
    'The app connects to a server that a Space cannot reach: it has no IPv6, and reaches only some ports.',
  ],
  [
    'OSError: [Errno 101] Network is unreachable: db.abc.supabase.co:5432',
    'The app cannot reach its database: a Space has no IPv6, and may not reach port 5432.',
  ],
  [
    'Error: connect ETIMEDOUT 3.64.1.2:5432',
    'The app cannot reach its database: a Space has no IPv6, and may not reach port 5432.',
  ],
  ['Error: connect ETIMEDOUT 3.64.1.2:6379', 'The app cannot reach a server that it needs.'],
  ["Error: Cannot find module '/app/dist/server.js'", 'The file "/app/dist/server.js" of the app is not there.'],
  [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/src/x.ts' imported from /app/src/main.ts",
    'The file "/app/src/x.ts" of the app is not there.',
  ],
  ["Error: Cannot find module 'fastify'", 'The Node module "fastify" is not there.'],
  [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'kysely' imported from /app/src/main.ts",
    'The Node module "kysely" is not there.',
  ],
  [
    'runc: exec failed: unable to start container process: exec: "./start.sh": permission denied: unknown',
    'The start command may not be executed: the Hub drops executable bits.',
  ],
  [
    '/bin/sh: 1: ./start.sh: Permission denied',
    'The start command may not be executed: the Hub drops executable bits.',
  ],
  [
    'bash: line 1: /app/start.sh: Permission denied',
    'The start command may not be executed: the Hub drops executable bits.',
  ],
  [
    'exec /app/start.sh: exec format error',
    'The start command is no program for this machine, or a script without its first line (#!/bin/sh).',
  ],
  [
    "mkdir: cannot create directory '/data': Permission denied",
    'The app writes where it may not: a Space runs as user 1000.',
  ],
  [
    '/bin/sh: 1: cannot create /data/log: Permission denied',
    'The app writes where it may not: a Space runs as user 1000.',
  ],
  [
    "PermissionError: [Errno 13] Permission denied: '/data/x'",
    'The app writes where it may not: a Space runs as user 1000.',
  ],
  [
    "Error: EACCES: permission denied, open '/app/leads.db'",
    'The app writes where it may not: a Space runs as user 1000.',
  ],
  ['OSError: [Errno 28] No space left on device', 'The disk of the Space is full.'],
  ['Error: ENOSPC: no space left on device, write', 'The disk of the Space is full.'],
  ['error: password authentication failed for user "app"', 'The database refuses the user or password.'],
  [
    'Error: SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string',
    'The database refuses the user or password.',
  ],
  ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'The app cannot reach a server that it needs.'],
  [
    'psycopg2.OperationalError: could not connect to server: Connection timed out',
    'The app cannot reach a server that it needs.',
  ],
  [
    'Error: connect ENETUNREACH 2a05:d012::1:5432',
    'The app cannot reach its database: a Space has no IPv6, and may not reach port 5432.',
  ],
  ['Error: listen EADDRINUSE: address already in use 0.0.0.0:7860', 'Two processes of the app want the same port.'],
  [
    'Job failed with exit code: 128. Reason: Error',
    'The Hub could not run the build; often a failure of its own, sometimes a broken repository.',
  ],
  [
    'Workload evicted, storage limit exceeded (50G)',
    'The app has written more to its disk than the Space has, and was stopped for it.',
  ],
  [
    'The node was low on resource: ephemeral-storage. Threshold quantity: 53687091200',
    'The app has written more to its disk than the Space has, and was stopped for it.',
  ],
  ['torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB', 'It ran out of memory.'],
  ['[ERROR] Worker (pid:7) was sent SIGKILL! Perhaps out of memory?', 'It ran out of memory.'],
  [
    'dockerfile parse error on line 7: unknown instruction: RUNN (did you mean RUN?)',
    'The Dockerfile has a line that Docker does not understand.',
  ],
  [
    'ERROR: failed to solve: python:3.99-slim: failed to resolve source metadata for docker.io/library/python:3.99-slim: docker.io/library/python:3.99-slim: not found',
    'The base image "docker.io/library/python:3.99-slim" of the Dockerfile is not there, or may not be pulled.',
  ],
  [
    'Error response from daemon: manifest for node:99-alpine not found: manifest unknown: manifest unknown',
    'The base image "node:99-alpine" of the Dockerfile is not there, or may not be pulled.',
  ],
  ['manifest unknown: manifest unknown', 'The base image of the Dockerfile is not there, or may not be pulled.'],
  [
    'pull access denied for pyhton, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'The base image "pyhton" of the Dockerfile is not there, or may not be pulled.',
  ],
  [
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    'The registry of the base image lets the Hub pull no more for now.',
  ],
  [
    'ERROR: Cannot install -r requirements.txt (line 1) and numpy==2.1.0 because these package versions have conflicting dependencies.\nERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
    'Some of the Python packages cannot be installed together: they ask for different versions of another one.',
  ],
  [
    '  × No solution found when resolving dependencies:',
    'Some of the Python packages cannot be installed together: they ask for different versions of another one.',
  ],
  ['  ERROR: Failed building wheel for psycopg2', 'pip could not compile the package "psycopg2".'],
  ["error: command 'gcc' failed: No such file or directory", 'pip could not compile the package.'],
  ['error: subprocess-exited-with-error', 'pip could not compile the package.'],
  [
    "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'",
    'pip is to read "requirements.txt", which is not there.',
  ],
  ['ERROR:    Error loading ASGI app. Could not import module "main".', 'The server finds no app named "main".'],
  [
    'ERROR:    Error loading ASGI app. Attribute "application" not found in module "app.main".',
    'The server finds no app named "application".',
  ],
  ["Failed to find attribute 'app' in 'wsgi'.", 'The server finds no app named "app".'],
  [
    "python: can't open file '/app/app.py': [Errno 2] No such file or directory",
    'The start command names "/app/app.py", which is not there.',
  ],
  [
    'Error: Invalid value: File does not exist: streamlit_app.py',
    'The start command names "streamlit_app.py", which is not there.',
  ],
  [
    '  File "/app/app.py", line 3\n    def main()\n              ^\nSyntaxError: expected \':\'',
    'A file of the app is not valid in the language version that runs it.',
  ],
  ['IndentationError: unexpected indent', 'A file of the app is not valid in the language version that runs it.'],
  [
    'SyntaxError: Cannot use import statement outside a module',
    'A file of the app is not valid in the language version that runs it.',
  ],
  [
    'ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
    'OpenCV needs graphics libraries that a slim image does not have.',
  ],
  [
    'ImportError: libgthread-2.0.so.0: cannot open shared object file: No such file or directory',
    'OpenCV needs graphics libraries that a slim image does not have.',
  ],
  [
    "node: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /app/node_modules/better-sqlite3/build/Release/better_sqlite3.node)",
    'A program or package was built for a newer system than the image has: it needs "GLIBC_2.34".',
  ],
  [
    'OSError: libgomp.so.1: cannot open shared object file: No such file or directory',
    'The image lacks the system library "libgomp.so.1".',
  ],
  [
    'Error loading shared library libstdc++.so.6: No such file or directory (needed by /app/server)',
    'The image lacks the system library "libstdc++.so.6".',
  ],
  [
    "ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/usr/local/lib/python3.11/site-packages/werkzeug/urls.py)",
    'A package is there in another version than the code was written for: it has no "url_quote".',
  ],
  [
    '  File "/app/app.py", line 5, in <module>\n    key = os.environ["API_KEY"]\n          ~~~~~~~~~~^^^^^^^^^^^\n  File "<frozen os>", line 714, in __getitem__\nKeyError: \'API_KEY\'',
    'The app wants the environment variable "API_KEY", which is not set.',
  ],
  [
    'pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings\nDATABASE_URL\n  Field required [type=missing, input_value={}, input_type=dict]',
    'The app wants the environment variable "DATABASE_URL", which is not set.',
  ],
  [
    'Error: Missing required environment variable: JWT_SECRET',
    'The app wants the environment variable "JWT_SECRET", which is not set.',
  ],
  [
    'RuntimeError: The environment variable OPENAI_API_KEY is not set',
    'The app wants the environment variable "OPENAI_API_KEY", which is not set.',
  ],
  ['E: Unable to locate package libgl1-mesa-glx', 'apt finds no package "libgl1-mesa-glx".'],
  ["E: Package 'python3.9' has no installation candidate", 'apt finds no package "python3.9".'],
  [
    "E: The repository 'http://deb.debian.org/debian buster Release' does not have a Release file.",
    'The Debian or Ubuntu release of the base image is not served any more.',
  ],
  [
    'npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree',
    'Some of the npm packages cannot be installed together: one wants another version of a peer.',
  ],
  [
    "npm error code E404\nnpm error 404 Not Found - GET https://registry.npmjs.org/expres - Not found\nnpm error 404  'expres@^4.0.0' is not in this registry.",
    'npm finds no package "expres@^4.0.0".',
  ],
  ['npm error Missing script: "start"', 'package.json has no script "start".'],
  [
    "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'",
    'npm finds no package.json in the image.',
  ],
  ['env: ‘bash\\r’: No such file or directory', 'A script has the line ends of Windows.'],
  ["/usr/bin/env: 'sh\\r': No such file or directory", 'A script has the line ends of Windows.'],
  ["start.sh: line 2: $'\\r': command not found", 'A script has the line ends of Windows.'],
  [
    'exec: "uvicorn": executable file not found in $PATH: unknown',
    'The program "uvicorn" is not in the image, or not on its PATH.',
  ],
  ['/bin/sh: 1: streamlit: not found', 'The program "streamlit" is not in the image, or not on its PATH.'],
  ['bash: line 1: gunicorn: command not found', 'The program "gunicorn" is not in the image, or not on its PATH.'],
  [
    'huggingface_hub.errors.GatedRepoError: 403 Client Error.',
    'The app loads a model or data set that its token may not read, or has no token.',
  ],
  [
    'OSError: You are trying to access a gated repo.\n401 Client Error: Unauthorized for url: https://huggingface.co/meta-llama/x/resolve/main/config.json',
    'The app loads a model or data set that its token may not read, or has no token.',
  ],
  ['FATAL: Tenant or user not found', 'The database refuses the user or password.'],
  [
    'error: no pg_hba.conf entry for host "10.0.0.7", user "app", database "app", no encryption',
    'The database refuses the user or password.',
  ],
  [
    'Error: The server does not support SSL connections',
    'The app and the server do not agree on TLS, or the app does not know who vouches for the server.',
  ],
  [
    'Error: self-signed certificate in certificate chain',
    'The app and the server do not agree on TLS, or the app does not know who vouches for the server.',
  ],
  [
    'psycopg2.OperationalError: SSL error: certificate verify failed',
    'The app and the server do not agree on TLS, or the app does not know who vouches for the server.',
  ],
  [
    'psycopg2.OperationalError: could not translate host name "db" to address: Name or service not known',
    'No server has the name "db".',
  ],
  ['Error: getaddrinfo ENOTFOUND db.abcdefgh.supabase.co', 'No server has the name "db.abcdefgh.supabase.co".'],
  [
    'migration 0002_add_scores failed: column "score" already exists',
    'A migration of the database failed, and the app does not start without it.',
  ],
  [
    "alembic.util.exc.CommandError: Can't locate revision identified by '1975ea83b712'",
    'A migration of the database failed, and the app does not start without it.',
  ],
  [
    'Error: P3009\n\nmigrate found failed migrations in the target database',
    'A migration of the database failed, and the app does not start without it.',
  ],
  ['Port 7860 is already in use', 'Two processes of the app want the same port.'],
  [
    'OSError: Cannot find empty port in range: 7860-7860. You can specify a different port by setting the GRADIO_SERVER_PORT environment variable',
    'Two processes of the app want the same port.',
  ],
  [
    "[Errno 98] error while attempting to bind on address ('0.0.0.0', 7860): address already in use",
    'Two processes of the app want the same port.',
  ],
];

/** The cause whose sign is the first in a text. */
const firstIn = (text: string) => KNOWN_CAUSES.find(({ sign }) => sign.test(text));

test.each(LINES)('%s', (line, cause) => {
  const log = `===== Application Startup at 2026-05-20 05:32:13 =====\n\n${line}\n    at somewhere`;
  expect(likelyCause(log)).toEqual({ cause, fix: expect.stringMatching(/^\S.*\.$/) });
  const known = firstIn(line);
  if (known?.fixFor === undefined) expect(likelyCause(log)?.fix).toBe(known?.fix);
});

test('every known cause has a line here', () => {
  const told = new Set(LINES.map(([line]) => firstIn(line)));
  expect(KNOWN_CAUSES.filter((known) => !told.has(known))).toEqual([]);
});

test('every cause and every fix is a sentence, and no two are the same', () => {
  const texts = KNOWN_CAUSES.flatMap(({ cause, fix }) => [cause, fix]);
  expect(texts.filter((text) => !/^\S.*\.$/.test(text))).toEqual([]);
  expect(new Set(texts).size).toBe(texts.length);
});

test.each([
  '',
  'ValueError: x',
  'exit code: 1',
  'skilled',
  'Killed 3 tasks',
  'GET /health "not found"',
  "KeyError: 'TOTAL_SALES'",
  'SyntaxError: Unexpected token < in JSON at position 0',
  'migration 0001 done, 0 failed over',
  'INFO: 404 Not Found',
])('%j has no known cause', (line) => {
  expect(likelyCause(line)).toBe(undefined);
});

test('the example of each cause has its sign, and no sign of a cause before it', () => {
  expect(KNOWN_CAUSES.filter((known) => firstIn(known.example) !== known)).toEqual([]);
});

test.each(['exec ', 'sh: 1: ', 'supabase.co', 'x'])(
  'an app that writes a long line of %j does not hold the run',
  (word) => {
    const before = process.cpuUsage();
    const found = likelyCause(`${word.repeat(200_000 / word.length)}\nValueError: x`);
    const { user, system } = process.cpuUsage(before);
    expect([found, (user + system) / 1_000 < 2_000]).toEqual([undefined, true]);
  },
);
