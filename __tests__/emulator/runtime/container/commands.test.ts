import { expect, test } from '@jest/globals';
import { buildCommand } from '../../../../emulator/runtime/container/build-command.ts';
import { containerEnvironment } from '../../../../emulator/runtime/container/container-environment.ts';
import { type RunOrder, runCommand } from '../../../../emulator/runtime/container/run-command.ts';

const BUILD = {
  context: '/srv/context',
  dockerfile: '/srv/context/Dockerfile',
  name: 'spaceport-rehearsal/0a:1',
  owner: '0a.1.2@host',
  variables: { MODE: 'a b' },
  secrets: { TOKEN: 'line 1\nline 2' },
  withoutCache: false,
};

test('docker builds with BuildKit: variables are arguments, a secret is in the environment alone', () => {
  expect(buildCommand('docker', BUILD)).toEqual({
    args: [
      ...['build', '--progress', 'plain', '--platform', 'linux/amd64', '--file', '/srv/context/Dockerfile'],
      ...['--tag', 'spaceport-rehearsal/0a:1', '--label', 'spaceport.rehearsal=0a.1.2@host'],
      ...['--build-arg', 'MODE=a b', '--secret', 'id=TOKEN,env=BUILD_SECRET_0', '/srv/context'],
    ],
    env: { BUILD_SECRET_0: 'line 1\nline 2' },
  });
});

test('podman builds with layers, which are its cache, and a limit of memory', () => {
  expect(buildCommand('podman', { ...BUILD, withoutCache: true, variables: {}, secrets: {} })).toEqual({
    args: [
      ...['build', '--layers', '--force-rm', '--memory', '16g', '--platform', 'linux/amd64'],
      ...['--file', '/srv/context/Dockerfile', '--tag', 'spaceport-rehearsal/0a:1'],
      ...['--label', 'spaceport.rehearsal=0a.1.2@host', '--no-cache', '/srv/context'],
    ],
    env: {},
  });
});

const RUN: RunOrder = {
  image: 'spaceport-rehearsal/0a:1',
  name: 'spaceport-rehearsal-0a-1-1',
  owner: '0a.1.2@host',
  appPort: 8501,
  user: undefined,
  settings: { spaceId: 'me/app', spaceHost: 'h', title: undefined, flavor: 'cpu-basic', variables: {}, secrets: {} },
  volumes: [],
  environment: ['--env', 'MODE'],
  environmentFile: '/tmp/env',
};
const ALL = { cpus: 4, limitsMemory: true, limitsSwap: true, limitsCpus: true };

test('an app gets the hardware of a Space, and a port of loopback', () => {
  expect(runCommand('docker', ALL, RUN)).toEqual([
    ...['run', '--name', 'spaceport-rehearsal-0a-1-1', '--label', 'spaceport.rehearsal=0a.1.2@host'],
    ...['--publish', '127.0.0.1::8501', '--platform', 'linux/amd64', '--pull', 'never', '--restart', 'no'],
    ...['--memory', '16g', '--memory-swap', '16g', '--cpus', '2'],
    ...['--add-host', 'host.docker.internal:host-gateway', '--env-file', '/tmp/env', '--env', 'MODE'],
    'spaceport-rehearsal/0a:1',
  ]);
});

test.each([
  [
    'better hardware on a machine that has less',
    { flavor: 'cpu-upgrade' },
    ALL,
    ['--memory', '32g', '--memory-swap', '32g', '--cpus', '4'],
  ],
  ['an engine that can limit nothing', {}, { cpus: 1, limitsMemory: false, limitsSwap: false, limitsCpus: false }, []],
  [
    'an engine that can limit memory without swap',
    {},
    { ...ALL, limitsSwap: false, limitsCpus: false },
    ['--memory', '16g'],
  ],
])('%s', (_, settings, capacity, limits) => {
  const args = runCommand('podman', capacity, { ...RUN, settings: { ...RUN.settings, ...settings } });
  expect(args.slice(args.indexOf('no') + 1, args.indexOf('--env-file'))).toEqual(limits);
});

test('volumes are directories at their place, whatever their names', () => {
  const volumes = [
    { directory: '/hub/a', mountPath: '/data', readOnly: false },
    { directory: '/hub/with,comma "x"', mountPath: '/models', readOnly: true },
  ];
  const args = runCommand('podman', ALL, { ...RUN, user: '1000', volumes });
  expect(args.slice(args.indexOf('--user'), args.indexOf('--env-file'))).toEqual([
    ...['--user', '1000'],
    ...['--mount', 'type=bind,source=/hub/a,target=/data'],
    ...['--mount', 'type=bind,"source=/hub/with,comma ""x""",target=/models,readonly'],
  ]);
});

test('no value of an app is an argument, and none of them tells the client what to do', () => {
  const values = {
    TOKEN: 'a\nb',
    DOCKER_HOST: 'tcp://elsewhere',
    PATH: '/app/bin',
    https_proxy: 'http://p',
    Mode: ' x ',
  };
  expect(containerEnvironment(values)).toEqual({
    args: ['--env', 'TOKEN', '--env', 'Mode'],
    env: { TOKEN: 'a\nb', Mode: ' x ' },
    file: 'DOCKER_HOST=tcp://elsewhere\nPATH=/app/bin\nhttps_proxy=http://p\n',
  });
  expect(() => containerEnvironment({ DOCKER_HOST: 'a\nb' })).toThrow('DOCKER_HOST has more than one line');
});
