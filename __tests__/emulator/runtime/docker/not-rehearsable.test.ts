import { expect, test } from '@jest/globals';
import { type Files, nodeApp, rig } from '../rig.ts';

/** What the engine says of a Dockerfile that ends with a healthy app; `RUNNING` where nothing stops it. */
async function told(dockerfile: string, more: Files = {}): Promise<readonly string[]> {
  await using it = await rig();
  it.push(nodeApp('one', `${dockerfile}\n`, more));
  const seen = await it.until('RUNNING');
  expect(it.space.answer().stage).not.toMatch(/ERROR/);
  return seen.includes('not rehearsable') ? it.notRehearsable : ['RUNNING'];
}

const APP = 'WORKDIR /app\nCOPY . .\nCMD ["node", "server.mjs"]';
const lacks = (command: string, where = 'the image node:24-slim may have') =>
  `"${command}" needs a program that ${where}, and that the process engine does not have.`;

test.concurrent.each([
  ['a compiler', `FROM node:24-slim\nRUN cargo build --release\n${APP}`, [lacks('cargo build --release')]],
  [
    'several programs',
    `FROM node:24-slim\nRUN npm --version && go build && make all\n${APP}`,
    [lacks('go build'), lacks('make all')],
  ],
  [
    'a download',
    `FROM node:24-slim\nRUN curl -fsSL https://example.org/x.sh | sh\n${APP}`,
    [lacks('curl -fsSL https://example.org/x.sh'), lacks('sh')],
  ],
  [
    'a program of packages',
    `FROM node:24-slim\nRUN apt-get install -y ffmpeg\nRUN ffmpeg -version\n${APP}`,
    [lacks('ffmpeg -version', '"apt-get install -y ffmpeg" may bring')],
  ],
  ['another language', `FROM node:24-slim\nRUN python3 -m venv /v\n${APP}`, [lacks('python3 -m venv /v')]],
  [
    'a file of a base image',
    `FROM node:24-slim AS a\nFROM node:24-slim\nCOPY --from=a --chown=1 /etc/ssl/certs /certs\n${APP}`,
    ['/etc/ssl/certs is copied from a stage where nothing here has made it: it may come from node:24-slim.'],
  ],
  [
    'a file of an image',
    `FROM node:24-slim\nCOPY --link --from=node:24 /usr/local/lib/node_modules /x\n${APP}`,
    ['/usr/local/lib/node_modules of the image node:24 is not on this machine.'],
  ],
  [
    'a repository',
    `FROM node:24-slim\nADD https://127.0.0.1:9/x.bin /x\n${APP}`,
    ['This machine does not reach https://127.0.0.1:9/x.bin.'],
  ],
  [
    'a start command of packages',
    'FROM node:24-slim\nRUN apt-get install -y nginx\nCMD ["nginx", "-g", "daemon off;"]',
    ['The start command needs nginx, which "apt-get install -y nginx" may bring, and the process engine has not.'],
  ],
  [
    'a start command in another language',
    'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD exec python3 app.py',
    ['The start command needs python3, which the image node:24 may have, and the process engine has not.'],
  ],
  [
    'an image of nothing but a system, where packages bring Node',
    `FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y nodejs\n${APP}`,
    ['The start command needs node, which "apt-get install -y nodejs" may bring, and the process engine has not.'],
  ],
  [
    'a stage that an argument chooses',
    `ARG GPU=1\nFROM node:24-slim AS base_0\nFROM nvidia/cuda:12 AS base_1\nFROM base_\${GPU}\n${APP}`,
    [
      'The process engine has nothing that can stand in for the image nvidia/cuda:12: its programs and files are not on this machine.',
    ],
  ],
])('%s cannot be rehearsed here', async (_, dockerfile, reasons) => {
  expect(await told(dockerfile)).toEqual(reasons);
});

test.concurrent.each([
  [
    'a stage that no argument chooses',
    `ARG GPU=0\nFROM node:24-slim AS base_0\nFROM nvidia/cuda:12 AS base_1\nFROM base_\${GPU}\n${APP}`,
  ],
  [
    'users, rights and packages that nobody needs',
    `FROM node:24-slim\nRUN apt-get install -y curl && useradd me && chown me /\n${APP}`,
  ],
  ['a tag without a version', `FROM node:lts-slim\n${APP}`],
  ["the image's own entry point", 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nCMD ["server.mjs"]'],
])('%s can', async (_, dockerfile) => {
  expect(await told(dockerfile)).toEqual(['RUNNING']);
});

test.concurrent('what is clearly the failure of the Dockerfile stays one', async () => {
  for (const [line, message] of [
    ['RUN exit 7', /exit code: 7/],
    ['RUN sh missing.sh', /exit code: (?:2|127)/],
    ['COPY missing.txt ./', /"\/missing\.txt": not found/],
  ] as const) {
    await using it = await rig();
    it.push(nodeApp('one', `FROM node:24-slim\n${line}\n${APP}\n`));
    await expect(it.until('RUNNING')).rejects.toThrow(message);
    expect(it.notRehearsable).toEqual([]);
  }
});
