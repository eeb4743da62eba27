import { expect, test } from '@jest/globals';
import { buildkitLog } from '../../../../emulator/runtime/container/buildkit-log.ts';

const OF_DOCKER_20 = `#1 [internal] load build definition from Dockerfile
#1 sha256:30949d0aa146306331e104397010da9cc560f2bb69443ed6aa11c83ff7ed4390
#1 transferring dockerfile: 405B done
#1 DONE 0.1s

#3 [internal] load metadata for docker.io/library/python:3.11-slim
#3 DONE 0.0s

#4 [one 1/2] FROM docker.io/library/python:3.11-slim
#4 sha256:393f53992145d4e66db06c6fc234cc485994eafdf13c53302514ff86dbc4b283
#4 sha256:393f53992145d4e66db06c6fc234cc485994eafdf13c53302514ff86dbc4b283 12.1MB / 29.8MB 0.3s
#4 CACHED

#6 [one 2/2] RUN wc -c /run/secrets/TOKEN
#6 0.838 11 /run/secrets/TOKEN

#5 [stage-1 2/3] RUN echo "hello you";     sleep 2
#5 0.818 hello you
#6 0.841   indented
#6 DONE 1.9s
#5 DONE 2.8s

#9 [stage-1 3/3] RUN exit 7
#9 0.302 last words
#9 ERROR: executor failed running [/bin/sh -c exit 7]: exit code: 7
------
 > [stage-1 3/3] RUN exit 7:
------
executor failed running [/bin/sh -c exit 7]: exit code: 7`;

test('what the client prints becomes the log of the Hub, also where two stages are built at once', () => {
  expect(read(OF_DOCKER_20)).toEqual({
    log: `--> FROM docker.io/library/python:3.11-slim
CACHED
--> RUN wc -c /run/secrets/TOKEN
11 /run/secrets/TOKEN
--> RUN echo "hello you";     sleep 2
hello you
--> RUN wc -c /run/secrets/TOKEN
  indented
DONE 1.9s
--> RUN echo "hello you";     sleep 2
DONE 2.8s
--> RUN exit 7
last words
`,
    reason: 'process "/bin/sh -c exit 7" did not complete successfully: exit code: 7',
  });
});

test.each([
  [
    'a step of a newer client, with the lines of the Dockerfile after it',
    `#5 [2/2] RUN npm run build
#5 0.4 sh: 1: vite: not found
#5 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 127
------
 > [2/2] RUN npm run build:
0.4 sh: 1: vite: not found
------
Dockerfile:2
--------------------
   1 |     FROM node:24-slim
   2 | >>> RUN npm run build
--------------------
ERROR: failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 127

View build details: docker-desktop://dashboard/build/default/default/abc`,
    'process "/bin/sh -c npm run build" did not complete successfully: exit code: 127',
  ],
  [
    'a file that is not there, of an old client',
    `#7 [3/3] COPY nax /b
#7 ERROR: "/nax" not found: not found
------
 > [3/3] COPY nax /b:
------
failed to compute cache key: "/nax" not found: not found`,
    'failed to solve: failed to compute cache key: failed to calculate checksum of ref: "/nax": not found',
  ],
  [
    'a file that is not there, of a new client',
    `#7 [3/3] COPY nax /b
#7 ERROR: failed to calculate checksum of ref 4b1f::x: "/nax": not found
------
 > [3/3] COPY nax /b:
------
ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref 4b1f::x: "/nax": not found`,
    'failed to solve: failed to compute cache key: failed to calculate checksum of ref 4b1f::x: "/nax": not found',
  ],
  [
    'an instruction that does not exist',
    `#2 DONE 0.0s
failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: RUNN`,
    'failed to solve: dockerfile parse error line 2: unknown instruction: RUNN',
  ],
  [
    'a registry that is not reached',
    `#3 [internal] load metadata for docker.io/library/python:3.12-slim
#3 ERROR: failed to do request: Head "https://registry-1.docker.io/v2/library/python/manifests/3.12-slim": dial tcp: lookup registry-1.docker.io: no such host
------
 > [internal] load metadata for docker.io/library/python:3.12-slim:
------
failed to solve with frontend dockerfile.v0: failed to create LLB definition: failed to do request: Head "https://registry-1.docker.io/v2/library/python/manifests/3.12-slim": dial tcp: lookup registry-1.docker.io: no such host`,
    'failed to solve: failed to do request: Head "https://registry-1.docker.io/v2/library/python/manifests/3.12-slim": dial tcp: lookup registry-1.docker.io: no such host',
  ],
  ['nothing at all', '', 'Error'],
])('the reason of a failure: %s', (_, printed, reason) => {
  expect(read(printed).reason).toBe(reason);
});

test('what a newer client remarks on the Dockerfile comes last', () => {
  const { log } = read(`#0 building with "default" instance using docker driver

#5 [2/2] COPY . .
#5 DONE 0.5s

 1 warning found (use docker --debug to expand):
 - CopyIgnoredFile: Attempting to Copy file "data.csv" that is excluded by .dockerignore (line 3)`);
  expect(log).toBe(
    '--> COPY . .\nDONE 0.5s\nWARN: CopyIgnoredFile: Attempting to Copy file "data.csv" that is excluded by .dockerignore\n',
  );
});

test("an app's own lines are not taken for the client's", () => {
  const { log } = read(`#5 [2/2] RUN ./talk
#5 0.1 #9 DONE 4.0s
#5 0.2 exporting data
#5 0.3 ------
#5 0.4
#5 DONE 0.5s`);
  expect(log).toBe('--> RUN ./talk\n#9 DONE 4.0s\nexporting data\n------\n\nDONE 0.5s\n');
});

function read(printed: string): { log: string; reason: string } {
  let text = '';
  const log = buildkitLog((data) => {
    text += data;
  });
  for (const line of printed.split('\n')) log.line(line);
  return { log: text, reason: log.reason() };
}
