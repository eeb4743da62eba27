import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab } from './support/lab.ts';

test.concurrent('a script that Windows would start and a container would not is warned about before the commit', async () => {
  const Dockerfile = 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nCMD ["/app/start.sh"]\n';
  await using lab = await openLab({
    ...dockerApp('1'),
    Dockerfile,
    'start.sh': '#!/bin/sh\r\nexec node server.js\r\n',
  });

  const run = await lab.deploy({ mode: 'plan' });

  expect([run.errors, run.warnings]).toEqual([
    [],
    [
      '"start.sh" has the line ends of Windows, and the Dockerfile names it: in the container it cannot start ("no such file or directory"). Save it with LF, and put "*.sh text eol=lf" into .gitattributes.',
    ],
  ]);
});

test.concurrent('a COPY of what is optional, or of what the Space keeps, is no reason for a warning', async () => {
  const Dockerfile = [
    'FROM node:24-slim',
    'WORKDIR /app',
    'COPY server.js package-lock.json* lock* gcp-*.json ./',
    'COPY data ./data',
    'COPY state/app.db ./',
    'COPY missing.txt ./',
    'CMD ["node", "server.js"]\n',
  ].join('\n');
  await using lab = await openLab({ ...dockerApp('1'), Dockerfile });

  const run = await lab.deploy({ mode: 'plan', protect: 'data\n/state/app.db' });

  expect([run.errors, run.warnings.filter((text) => text.startsWith('Dockerfile'))]).toEqual([
    [],
    ['Dockerfile, line 6: COPY of "missing.txt" will fail: it is not among the deployed files.'],
  ]);
});

test.concurrent('a COPY of what an input takes out names that input', async () => {
  const Dockerfile = [
    'FROM node:24-slim',
    'COPY server.js ./',
    'COPY docs ./docs',
    'COPY old.txt ./',
    'COPY .github ./github',
    'COPY built ./',
    'CMD ["node", "server.js"]\n',
  ].join('\n');
  const files = { 'docs/a/b.md': '#', 'old.txt': 'x', '.github/w.yml': '', '.gitignore': 'built\n' };
  await using lab = await openLab({ ...dockerApp('1'), ...files, Dockerfile });
  mkdirSync(join(lab.workspace.directory, 'built'));

  const run = await lab.deploy({ mode: 'plan', exclude: 'server.js\ndocs/**/*.md', rename: 'old.txt -> new.txt' });

  const fails = (line: number, source: string, why: string) =>
    `Dockerfile, line ${line}: COPY of "${source}" will fail: ${why}`;
  expect([run.errors, run.warnings.filter((text) => text.startsWith('Dockerfile'))]).toEqual([
    [],
    [
      fails(2, 'server.js', '`exclude` takes it out. Leave it in, or do not COPY it.'),
      fails(3, 'docs', '`exclude` takes it out. Leave it in, or do not COPY it.'),
      fails(4, 'old.txt', '`rename` gives "old.txt" the name "new.txt". COPY that one.'),
      fails(5, '.github', 'it is never deployed. Do not COPY it.'),
      fails(6, 'built', 'git does not track it, so it is not deployed. Name it in `include`.'),
    ],
  ]);
});

test.concurrent('what COPY takes from another stage is not missed, whatever flags are beside it', async () => {
  const Dockerfile = [
    'ARG INCLUDE_DB=false',
    'FROM node:24-slim AS builder',
    'WORKDIR /app',
    'COPY . .',
    'FROM node:24-slim AS local_db_false',
    'FROM node:24-slim AS local_db_true',
    'COPY dump.sql /dump.sql',
    'FROM local_db_${INCLUDE_DB} AS final',
    'WORKDIR /srv',
    'COPY --from=builder --chown=1000 /app/server.js ./',
    'COPY --chown=1000 --from=builder /app/README.md ./',
    'COPY --link --from=builder --chmod=644 /app/Dockerfile /app/README.md /copies/',
    'CMD ["node", "server.js"]\n',
  ].join('\n');
  await using lab = await openLab({ ...dockerApp('1'), Dockerfile });

  const run = await lab.deploy({ visibility: 'public' });

  expect([run.errors, run.warnings, run.outputs['result']]).toEqual([[], [], 'deployed']);
});

test.concurrent('where a repository has several apps the log says which directory is deployed', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'web/Dockerfile': 'FROM nginx\n' });

  const run = await lab.deploy({ mode: 'plan' });

  expect([run.errors, run.warnings]).toEqual([[], []]);
  expect(run.log).toContain(
    'The root of the repository is deployed, with everything below it. If you mean one of the apps in it ("web"), name its directory in `path`.',
  );
});

test.concurrent('the commit links to the repository that was checked out, without the token in its remote', async () => {
  await using lab = await openLab(dockerApp('1'));
  const remote = 'https://x-access-token:s3cret-of-the-remote@github.com/acme/elsewhere.git';
  execFileSync('git', ['remote', 'add', 'origin', remote], { cwd: lab.workspace.directory });
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: lab.workspace.directory, encoding: 'utf8' }).trim();
  const env = { GITHUB_REPOSITORY: 'me/repo', GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ID: '7' };

  const run = await lab.deploy({}, { env });

  const sent = lab.hub.requests.map(({ body }) => body ?? '').join('\n');
  expect(run.errors).toEqual([]);
  expect(sent).toContain(`Source-Url: https://github.com/acme/elsewhere/commit/${commit}`);
  expect([sent, run.log, run.summary].some((text) => text.includes('s3cret-of-the-remote'))).toBe(false);
});
