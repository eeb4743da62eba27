import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

test('the code of a fork is not deployed with the secrets of pull_request_target', async () => {
  lab = await openLab(dockerApp('1'));
  const directory = mkdtempSync(join(tmpdir(), 'event-'));
  const path = join(directory, 'event.json');
  const event = (sha: string) =>
    JSON.stringify({
      repository: { full_name: 'me/app' },
      pull_request: { head: { sha, repo: { full_name: 'eve/app' } } },
    });
  const env = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: path };
  const head = lab.workspace.commit({});
  writeFileSync(path, event(head));

  const theirs = await lab.deploy({}, { env });

  expect(theirs.exitCode).toBe(1);
  expect(theirs.requests).toEqual([]);
  expect(theirs.errors).toEqual([
    [
      'This is the code of a pull request from a fork, checked out under pull_request_target.',
      `Where: commit ${head.slice(0, 7)}`,
      'Cause: Whoever opened it would get the token and the secrets of this repository, before anybody has read the code.',
      'Fix: Deploy on push, or use the event pull_request, where forks get no secrets: `mode: plan` needs none of them to write.',
    ].join('\n'),
  ]);

  writeFileSync(path, event('f'.repeat(40)));
  const ours = await lab.deploy({}, { env });
  expect(ours.errors).toEqual([]);
  rmSync(directory, { recursive: true });
});
