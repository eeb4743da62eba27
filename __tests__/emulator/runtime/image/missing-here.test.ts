import { expect, test } from '@jest/globals';
import { missingHere, missingInStep } from '../../../../emulator/runtime/image/missing-here.ts';

const SLIM = { name: 'python:3.12-slim', languages: ['python'], open: [], isSlim: true, skipped: [] };
const WITH_FFMPEG = { ...SLIM, skipped: ['apt-get install -y ffmpeg'] };
const WHOLE = { ...SLIM, name: 'python:3.12', isSlim: false };
const OPEN = { ...SLIM, name: 'python:slim', open: ['python'] };

const skipped = (part: string) =>
  `${part} is missing, which "apt-get install -y ffmpeg" may bring: the process engine installs no packages of the system.`;
const perhaps = (part: string) => `${part} is missing here, and the image python:3.12 may have it.`;
const newest =
  'The image python:slim has the newest python, and a package or the app does not accept the one of this machine.';
const offline = 'This machine does not reach what the step downloads from.';

test.each([
  ['sh: 1: ffmpeg: not found', WITH_FFMPEG, skipped('ffmpeg')],
  ['/bin/bash: line 1: ffmpeg: command not found', WITH_FFMPEG, skipped('ffmpeg')],
  ['exec: "nginx": executable file not found in $PATH', WITH_FFMPEG, skipped('nginx')],
  ["FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'", WITH_FFMPEG, skipped('ffmpeg')],
  ['Error: spawn ffmpeg ENOENT', WITH_FFMPEG, skipped('ffmpeg')],
  ['ImportError: libGL.so.1: cannot open shared object file', WITH_FFMPEG, skipped('libGL.so.1')],
  ['Error: pg_config executable not found.', WITH_FFMPEG, skipped('pg_config')],
  ["error: command 'gcc' failed: No such file or directory", WHOLE, perhaps('gcc')],
  ['fatal error: zlib.h: No such file or directory', WHOLE, perhaps('zlib.h')],
  ['sh: 1: make: not found', WHOLE, perhaps('make')],
  ['sh: 1: no-such-server: not found', WHOLE, undefined],
  ['sh: 1: ffmpeg: not found', SLIM, undefined],
  ["FileNotFoundError: [Errno 2] No such file or directory: 'data/model.bin'", WITH_FFMPEG, undefined],
  ['Error: boom', WITH_FFMPEG, undefined],
  ["ModuleNotFoundError: No module named 'numpy'", WITH_FFMPEG, undefined],
  ["ERROR: Package 'x' requires a different Python: 3.11.7 not in '>=3.12'", OPEN, newest],
  ["ERROR: Package 'x' requires a different Python: 3.12.1 not in '>=3.13'", SLIM, undefined],
  ['npm error code EAI_AGAIN', SLIM, offline],
  ['Resolving dependencies...\n\nPackage itsdangerous (2.2.0) not found.', SLIM, offline],
  ["Because app depends on x (==9) which doesn't match any versions, version solving failed.", SLIM, undefined],
  ['pip._vendor.urllib3: Failed to establish a new connection: [Errno 111]', SLIM, offline],
  [
    "node: version `GLIBC_2.38' not found",
    SLIM,
    "A package needs GLIBC_2.38, and the C library of this machine is older than the image's.",
  ],
  [
    'error: No interpreter found for Python >=3.13 in system path',
    SLIM,
    'uv would download Python >=3.13, which this machine does not have.',
  ],
  [
    "error: The requested interpreter resolved to Python 3.12.1, which is incompatible with the project's Python requirement: `>=3.13` (from `project.requires-python`)",
    SLIM,
    'uv would download Python >=3.13, which this machine does not have.',
  ],
])('%s', (text, facts, expected) => {
  expect(missingInStep(text, facts)).toBe(expected);
});

test('an app that does not reach its database may have a wrong address: that is no fault of this machine', () => {
  expect(missingHere('Error: getaddrinfo ENOTFOUND db.internal', WITH_FFMPEG)).toBeUndefined();
  expect(missingHere('Error: spawn ffmpeg ENOENT', WITH_FFMPEG)).toBe(skipped('ffmpeg'));
});

const quickly = (said: string) => {
  const before = process.cpuUsage();
  const found = missingInStep(`${said}\nError: spawn ffmpeg ENOENT`, WITH_FFMPEG);
  const { user, system } = process.cpuUsage(before);
  return [found, (user + system) / 1_000 < 5_000];
};

test.each([
  ['without a space', 'x'.repeat(1_000_000)],
  ['that looks like libraries', 'lib.so'.repeat(100_000)],
  ['that looks like programs', ': sh: '.repeat(100_000)],
])('a very long line %s does not hold the local Hub', (_what, said) => {
  expect(quickly(said)).toEqual([skipped('ffmpeg'), true]);
});
