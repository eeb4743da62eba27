import { expect, test } from '@jest/globals';
import { engineFault } from '../../../../emulator/runtime/container/engine-fault.ts';

const HEREDOC = 'FROM python:3.12-slim\nRUN <<EOF\necho hi\nEOF\n';

test.each([
  [
    'a registry that has no address',
    'failed to solve: failed to do request: Head "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
    '',
    expect.stringContaining('docker could not fetch an image'),
  ],
  [
    'a registry that has had enough',
    'failed to solve: toomanyrequests: You have reached your pull rate limit.',
    '',
    expect.stringContaining('docker could not fetch an image'),
  ],
  ['an engine that ended during the build', 'unexpected EOF', '', expect.stringContaining('docker itself failed')],
  [
    'a disk that is full',
    'failed to solve: failed to copy files: write /x: no space left on device',
    '',
    expect.stringContaining('docker itself failed'),
  ],
  [
    'an engine that can run no container',
    'error running container: from /usr/bin/crun creating container for [/bin/sh -c true]: cgroups in hybrid mode',
    'FROM a\nRUN true\n',
    expect.stringContaining('docker itself failed'),
  ],
  [
    'an engine that does not know heredocs',
    'failed to solve: dockerfile parse error line 3: unknown instruction: ECHO',
    HEREDOC,
    expect.stringContaining('This docker is too old for the syntax of the Dockerfile'),
  ],
  [
    'a typing error',
    'failed to solve: dockerfile parse error line 2: unknown instruction: RUNN',
    'FROM a\nRUNN b\n',
    undefined,
  ],
  [
    'an image that is not there for anybody',
    'failed to solve: python:9.99: docker.io/library/python:9.99: not found',
    'FROM python:9.99\n',
    undefined,
  ],
  [
    'a step that did not reach the network',
    'process "/bin/sh -c curl https://a.example || echo dial tcp: no such host" did not complete successfully: exit code: 6',
    '',
    undefined,
  ],
])('%s', (_, reason, dockerfile, fault) => {
  expect(engineFault('docker', reason, dockerfile)).toEqual(fault);
});
