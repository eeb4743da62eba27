import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { FAKE_GITS, fakeGit } from '../unit/source/fake-git.ts';
import { dockerApp } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { runAction } from './support/run-action.ts';

test.concurrent.each(['2.20', '2.39'])('a partial clone is deployed without a fetch by git %s', async (version) => {
  const files = dockerApp('1');
  await using lab = await openLab(files);
  const origin = lab.workspace.directory;
  const place = mkdtempSync(join(tmpdir(), 'partial-'));
  const clone = join(place, 'clone');
  const git = (cwd: string, ...args: readonly string[]) => execFileSync('git', args, { cwd, stdio: 'pipe' });
  git(origin, 'config', 'uploadpack.allowFilter', 'true');
  git(place, 'clone', '-q', '--filter=blob:none', '--no-checkout', `file://${origin}`, clone);
  // The files came another way: not one blob is here.
  git(clone, 'read-tree', 'HEAD');
  for (const [path, text] of Object.entries(files)) writeFileSync(join(clone, path), text);
  const fetched = join(place, 'fetched');
  const uploadPack = join(place, 'upload-pack');
  writeFileSync(uploadPack, `#!/bin/sh\ntouch ${fetched}\nexec git-upload-pack "$@"\n`);
  chmodSync(uploadPack, 0o755);
  git(clone, 'config', 'remote.origin.uploadpack', uploadPack);
  using fake = fakeGit(FAKE_GITS[version] ?? '');
  const inputs = { space: 'me/app', environment: 'staging', timeout: '60s', 'hub-url': lab.hub.url };
  const env = { HF_TOKEN: 'hf_me_write', PATH: `${fake.directory}:${process.env['PATH']}` };

  const run = await runAction({ inputs, workspace: clone, env });

  expect([run.errors, run.outputs['result'], existsSync(fetched)]).toEqual([[], 'deployed', false]);
  expect(String(await lab.space().read('server.js'))).toBe(files['server.js']);
  rmSync(place, { recursive: true });
});
