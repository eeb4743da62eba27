import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { startRehearsal } from './rehearsal-process.ts';

const directories: string[] = [];

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** Rehearses a directory with these files, without a container engine. */
async function rehearse(files: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(tmpdir(), 'not-rehearsable-'));
  directories.push(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  const { code, stdout } = await startRehearsal('--engine', 'process', '--space', 'me/app', '--path', path).ended;
  const at = stdout.indexOf('! me/app cannot be rehearsed here');
  return { code, verdict: at === -1 ? stdout : stdout.slice(at).trim().split('\n'), stdout };
}

const TITLE = '! me/app cannot be rehearsed here. This says nothing about the app.';
const FIX =
  '  Fix: install Docker (or Podman), and rehearse with --engine auto: a container engine builds and runs the real image.';

test('images without a stand-in are all named, with an exit code of their own, and nothing blames the app', async () => {
  const { code, verdict, stdout } = await rehearse({
    Dockerfile: `FROM golang:1.23 AS build
RUN go build -o /app .
FROM python:2.7-slim
COPY --from=build /app /app
COPY --chown=1000 --from=nginx:alpine /etc/nginx /etc/nginx
CMD ["/app"]
`,
  });
  const refused = (image: string) =>
    `  The process engine has nothing that can stand in for the image ${image}: its programs and files are not on this machine.`;
  expect({ code, verdict }).toEqual({
    code: 3,
    verdict: [
      TITLE,
      refused('golang:1.23'),
      expect.stringMatching(
        /^ {2}The image python:2\.7-slim has Python 2\.7; this machine has (?:Python 3\.|no Python)/,
      ),
      refused('nginx:alpine'),
      FIX,
    ],
  });
  expect(stdout).not.toMatch(/Cause:|✗|BUILD_ERROR|not in the image/);
});

test('a program that skipped packages would bring, and that the app misses', async () => {
  const { code, verdict, stdout } = await rehearse({
    Dockerfile: `FROM node:24-slim
RUN apt-get update && \\
    apt-get install -y sox-and-more
WORKDIR /app
COPY . .
CMD ["server.js"]
`,
    'server.js': "require('node:child_process').spawn('sox-and-more').on('error', (error) => { throw error; });\n",
  });
  expect({ code, verdict }).toEqual({
    code: 3,
    verdict: [
      TITLE,
      '  sox-and-more is missing, which "apt-get install -y sox-and-more" may bring: the process engine installs no packages of the system.',
      FIX,
    ],
  });
  expect(stdout).not.toMatch(/Cause:|✗|RUNTIME_ERROR/);
});
