import { expect, test } from '@jest/globals';
import { podmanLog } from '../../../../emulator/runtime/container/podman-log.ts';

const BUILD = `[1/2] STEP 1/2: FROM python:3.12-slim AS one
[1/2] STEP 2/2: RUN wc -c /run/secrets/TOKEN
3 /run/secrets/TOKEN
--> 6232e565db2
[2/2] STEP 1/4: FROM python:3.12-slim
[2/2] STEP 2/4: RUN echo hello; echo bye
--> Using cache 3f978e804ecb71a2e2a1b7a767e826d81d4e4d1571d8f230bf454f0b5142eae6
--> 3f978e804ec
[2/2] STEP 3/4: COPY --from=one /etc/hostname /x
--> 179c56932d2
[2/2] STEP 4/4: LABEL "spaceport.rehearsal"="0a.1.2@host"
[2/2] COMMIT spaceport-rehearsal/0a:1
--> 655c8d6e917
[Warning] one or more build args were not consumed: [TARGETARCH UNUSED]
Successfully tagged localhost/spaceport-rehearsal/0a:1
655c8d6e917139aa8ef7b16fec0f32d7f2517e865e98dee03209021586643d16`;

test('what podman prints becomes the log of the Hub', () => {
  expect(read(BUILD).log).toBe(`--> FROM python:3.12-slim AS one
DONE 0.0s
--> RUN wc -c /run/secrets/TOKEN
3 /run/secrets/TOKEN
DONE 0.0s
--> FROM python:3.12-slim
DONE 0.0s
--> RUN echo hello; echo bye
CACHED
--> COPY --from=one /etc/hostname /x
DONE 0.0s
`);
});

test.each([
  [
    'STEP 5/5: RUN exit 7\nError: building at STEP "RUN exit 7": while running runtime: exit status 7',
    'process "/bin/sh -c exit 7" did not complete successfully: exit code: 7',
  ],
  [
    'STEP 2/2: COPY nix /x\nError: building at STEP "COPY nix /x": checking on sources under "/tmp/c": copier: stat: "/nix": no such file or directory',
    'failed to solve: failed to compute cache key: failed to calculate checksum of ref: "/nix": not found',
  ],
  [
    'STEP 2/2: RUN true\nerror running container: from /usr/bin/crun creating container for [/bin/sh -c true]: cgroups in hybrid mode not supported\n: exit status 1\nError: building at STEP "RUN true": while running runtime: exit status 1',
    'error running container: from /usr/bin/crun creating container for [/bin/sh -c true]: cgroups in hybrid mode not supported',
  ],
  ['Error: creating build container: no such host', 'failed to solve: creating build container: no such host'],
])('the reason of a failure: %j', (printed, reason) => {
  expect(read(printed).reason).toBe(reason);
});

function read(printed: string): { log: string; reason: string } {
  let text = '';
  const log = podmanLog((data) => {
    text += data;
  });
  for (const line of printed.split('\n')) log.line(line);
  return { log: text, reason: log.reason() };
}
