import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Hub } from '../../../emulator/api.ts';
import { createHub } from '../../../emulator/create-hub.ts';
import { inPythonEnvironment, pythonSettings } from './clients/python-environment.ts';
import { run } from './clients/run.ts';
import { directoryOf } from './support/folder.ts';
import { Referee } from './support/referee.ts';

let hub: Hub;
let home: string;
beforeAll(async () => {
  hub = await createHub({ seed: { publishers: [{ space: 'me/app', repository: 'acme/app' }] } });
  home = mkdtempSync(join(tmpdir(), 'publisher-'));
  await new Referee(hub.url, 'hf_me_write').create('me/app', 'static');
});
afterAll(async () => {
  await hub.close();
  rmSync(home, { recursive: true, force: true });
});

/** The environment of a job on GitHub with `id-token: write` and no token of the Hub (hub-contract §4.2). */
const job = (repository: string) => {
  const { HF_TOKEN: _none, ...settings } = pythonSettings({ hubUrl: hub.url, token: '', xet: false, home });
  const claims = { repository, ref: 'refs/heads/main' };
  return { ...settings, ...hub.idTokens(claims), GITHUB_ACTIONS: 'true', HF_OIDC_RESOURCE: 'spaces/me/app' };
};

const PYTHON =
  'import sys; from huggingface_hub import upload_folder as up; up(repo_id="me/app", repo_type="space", folder_path=sys.argv[1])';

test.each([
  ['huggingface_hub', 'python', (directory: string) => ['-c', PYTHON, directory]],
  ['hf', 'hf', (directory: string) => ['upload', 'me/app', directory, '.', '--type', 'space']],
] as const)('%s writes with an ID token of the right repository only', async (name, program, args) => {
  const directory = directoryOf({ [`${name}.txt`]: name });
  const upload = (repository: string) => run(inPythonEnvironment(program), args(directory), { env: job(repository) });
  await expect(upload('acme/other')).rejects.toThrow(/invalid_grant|400/);
  await upload('acme/app');
  expect((await hub.space('me/app')?.read(`${name}.txt`))?.toString()).toBe(name);
});
