import { expect, test } from '@jest/globals';
import { KNOWN_CAUSES, likelyCause } from '../../../src/verify/causes.ts';

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
  ["ModuleNotFoundError: No module named 'sklearn.linear'", 'The Python module "sklearn.linear" is not installed.'],
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
  ['Error: connect ENETUNREACH 2a05:d012::1:5432', 'The app cannot reach a server that it needs.'],
  ['Error: listen EADDRINUSE: address already in use 0.0.0.0:7860', 'Two processes of the app want the same port.'],
  [
    'Job failed with exit code: 128. Reason: Error',
    'The Hub could not run the build; often its own trouble, sometimes a broken repository.',
  ],
];

test.each(LINES)('%s', (line, cause) => {
  const log = `===== Application Startup at 2026-05-20 05:32:13 =====\n\n${line}\n    at somewhere`;
  expect(likelyCause(log)).toEqual({
    cause,
    cure: KNOWN_CAUSES.find((known) => known.cause.replace('$1', '') === cause.replace(/"[^"]*"(?=[, ])/, ''))?.cure,
  });
});

test('every known cause has a line here', () => {
  const told = new Set(LINES.map(([line]) => likelyCause(line)?.cure));
  expect(KNOWN_CAUSES.filter(({ cure }) => !told.has(cure))).toEqual([]);
});

test.each(['', 'ValueError: x', 'exit code: 1', 'skilled', 'Killed 3 tasks', 'GET /health "not found"'])(
  '%j has no known cause',
  (line) => {
    expect(likelyCause(line)).toBe(undefined);
  },
);
