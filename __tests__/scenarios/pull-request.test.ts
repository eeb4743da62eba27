import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { startGithub } from './support/github.ts';
import { openLab } from './support/lab.ts';

const TOKEN = 'ghs_0123456789abcdef';
const MARKER = '<!-- spaceport me/app -->';
const firstLines = (body: string | undefined) => body?.split('\n').slice(0, 3);

test.concurrent('a plan is written in one comment on the pull request, which the next run edits', async () => {
  await using lab = await openLab(dockerApp('1'));
  await using github = await startGithub(7);
  const plan = { mode: 'plan', 'github-token': TOKEN };
  github.comments.push(
    { id: 1, body: 'Nice!', user: { login: 'ada', type: 'User' }, author_association: 'OWNER' },
    // Anybody can write such a first line; only those who may write here are believed.
    { id: 2, body: `${MARKER}\nforged`, user: { login: 'eve', type: 'User' }, author_association: 'NONE' },
  );

  const first = await lab.deploy(plan, { env: github.env });
  const third = github.comments[2]?.body;
  await lab.deploy();
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const second = await lab.deploy(plan, { env: github.env });

  expect([first.errors, second.errors, first.exitCode, second.exitCode]).toEqual([[], [], 0, 0]);
  expect(github.comments.map(({ body }) => body.split('\n', 1)[0])).toEqual(['Nice!', MARKER, MARKER]);
  expect(github.comments[1]?.body).toBe(`${MARKER}\nforged`);
  expect(firstLines(third)).toEqual([MARKER, '', '## 📋 Plan for <code>me/app</code>']);
  expect(third).toMatch(/- new file <code>Dockerfile<\/code>/);
  const edited = github.comments[2]?.body;
  expect(edited).toMatch(/- changed file <code>server\.js<\/code>/);
  expect(edited).not.toMatch(/Dockerfile/);
  expect(edited).toMatch(/From <a href="https:\/\/github\.com\/me\/repo\/actions\/runs\/100">this run<\/a>/);
  expect(github.received.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET', 'PATCH']);
  expect(first.log + first.summary + JSON.stringify(first.outputs)).not.toContain(TOKEN);
});

test.concurrent('a private preview is deployed, and the same comment reports its removal', async () => {
  await using lab = await openLab(dockerApp('1'));
  await using github = await startGithub(7);
  const preview = { environment: 'preview-7', 'github-token': TOKEN };

  const deployed = await lab.deploy(preview, { env: github.env });
  const visibility = lab.space().visibility;
  const body = github.comments[0]?.body;
  const removed = await lab.deploy({ ...preview, mode: 'remove' }, { env: github.env });

  expect([deployed.errors, deployed.outputs['result'], visibility]).toEqual([[], 'deployed', 'private']);
  expect(firstLines(body)).toEqual([MARKER, '', '## ✅ Deployed <code>me/app</code>']);
  expect(body).toContain(deployed.outputs['app-url']?.replace('://', '&#58;//'));
  expect([removed.errors, removed.outputs['result'], lab.hub.space('me/app')]).toEqual([[], 'removed', undefined]);
  expect(github.comments.map((comment) => firstLines(comment.body))).toEqual([
    [MARKER, '', '## 🗑️ Removed <code>me/app</code>'],
  ]);
});

test.concurrent('a failure is reported there too, with cause and fix', async () => {
  await using lab = await openLab(dockerApp('1', "console.log('starting up'); require('express');"));
  await using github = await startGithub(7);

  const run = await lab.deploy({ environment: 'preview-7', 'github-token': TOKEN }, { env: github.env });

  expect(run.exitCode).toBe(1);
  expect(firstLines(github.comments[0]?.body)?.[2]).toBe('## ❌ The new version did not start: <code>me/app</code>');
  expect(github.comments[0]?.body).toMatch(/\*\*Fix:\*\* Add it to the dependencies/);
});

test.concurrent('a comment that may not be written fails nothing, and says which permission it takes', async () => {
  await using lab = await openLab(dockerApp('1'));
  await using github = await startGithub(7, false);

  const run = await lab.deploy({ mode: 'plan', 'github-token': TOKEN }, { env: github.env });

  expect([run.exitCode, run.errors, run.outputs['result']]).toEqual([0, [], 'planned']);
  expect(run.log).toMatch(
    /^::notice::The comment on pull request 7 could not be written: Resource not accessible by integration.*`permissions: pull-requests: write`/m,
  );
});

test.concurrent('no pull request, or no token: no comment', async () => {
  await using lab = await openLab(dockerApp('1'));
  await using github = await startGithub(7);
  const { GITHUB_EVENT_PATH: _, ...env } = github.env;

  await lab.deploy({ mode: 'plan', 'github-token': TOKEN }, { env: { ...env, GITHUB_EVENT_NAME: 'push' } });
  await lab.deploy({ mode: 'plan' }, { env: github.env });

  expect(github.received).toEqual([]);
});
