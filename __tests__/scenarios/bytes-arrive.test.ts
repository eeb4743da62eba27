import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { runAction } from './support/run-action.ts';
import { startGateway } from './support/server.ts';

const says = (...lines: readonly string[]) => lines.join('\n');

/** A clone as a runner of Windows has it: line ends converted, links written as text files. */
function windowsClone(origin: string): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'windows-')));
  const settings = ['-c', 'core.autocrlf=true', '-c', 'core.symlinks=false'];
  execFileSync('git', ['clone', '-q', ...settings, origin, directory], { stdio: 'pipe' });
  return directory;
}

test.concurrent('a runner of Windows deploys the bytes of the repository, and the same digests as one of Linux', async () => {
  await using lab = await openLab({
    ...dockerApp('1'),
    'start.sh': '#!/bin/sh\nexec node server.js\n',
    'data/a.csv': 'a\n',
  });
  execFileSync('ln', ['-s', 'data/a.csv', join(lab.workspace.directory, 'link.csv')]);
  lab.workspace.commit({});
  const windows = windowsClone(lab.workspace.directory);
  const inputs = { space: 'me/app', environment: 'staging', timeout: '60s', 'hub-url': lab.hub.url };

  const there = await runAction({ inputs, workspace: windows, env: { HF_TOKEN: 'hf_me_write' } });
  const here = await lab.deploy();

  const read = async (path: string) => String(await lab.space().read(path));
  expect(readFileSync(join(windows, 'start.sh'), 'utf8')).toMatch(/\r\n/);
  expect([there.errors, await read('start.sh'), await read('link.csv')]).toEqual([
    [],
    '#!/bin/sh\nexec node server.js\n',
    'a\n',
  ]);
  expect([here.errors, here.outputs['result'], here.outputs['commit']]).toEqual([
    [],
    'unchanged',
    there.outputs['commit'],
  ]);
  rmSync(windows, { recursive: true });
});

test.concurrent('a README in another encoding is refused before its letters are lost', async () => {
  const readme = Buffer.from('# Caf\xe9\n', 'latin1');
  await using lab = await openLab({ ...dockerApp('1'), 'README.md': readme });

  const run = await lab.deploy({ card: 'title: Ours' });

  expect([run.errors, run.requests]).toEqual([
    [
      says(
        'The README is not UTF-8.',
        'Where: README.md',
        'Cause: The Hub reads it as UTF-8: letters of another encoding, as Latin-1 or UTF-16, would be lost.',
        'Fix: Save it as UTF-8.',
      ),
    ],
    [],
  ]);
});

test.concurrent('front matter that the Hub does not read is said to be ignored', async () => {
  const { 'README.md': frontMatter = '', ...app } = dockerApp('1');
  await using lab = await openLab({ ...app, 'readme.md': frontMatter, 'README.md': `<!-- ours -->\n${frontMatter}` });

  const run = await lab.deploy();

  expect([run.errors, run.warnings]).toEqual([
    [],
    [
      'readme.md has front matter, and the Hub reads that of README.md only: it is ignored. Give the file that name, or write `rename: readme.md -> README.md`.',
      'The front matter of README.md is in line 2, and the Hub reads it at the top only: it is ignored. Move it up, so that --- is the first line.',
    ],
  ]);
});

test.concurrent('what the Hub takes in front matter is for the Hub to say', async () => {
  await using lab = await openLab({
    ...dockerApp('1'),
    'README.md': '---\ntitle: Probe\nsdk:\nemoji:\napp_port: 7860\npinned: no\n---\n',
  });

  const run = await lab.deploy({ mode: 'plan' });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    'The Hub does not accept it: "pinned" must be a boolean',
  ]);
});

/** A tenth of a megabyte in no pattern that text has. */
const MODEL = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256));

test.concurrent.each([
  ['server.js', 'before it is sent', /\/preupload\//],
  ['model.bin', 'before it is uploaded', /\/preupload\//],
  ['model.bin', 'while it is uploaded', /\/objects\/batch$/],
])('%s grows %s: the message names the file, and nothing is deployed', async (path, _when, asked) => {
  await using lab = await openLab({ ...dockerApp('1'), 'model.bin': MODEL });
  let hasGrown = false;
  await using gateway = await startGateway(lab.hub.url, (request, forward) => {
    if (asked.test(request.path) && !hasGrown) {
      hasGrown = true;
      appendFileSync(join(lab.workspace.directory, path), 'more');
    }
    return forward();
  });

  const run = await lab.deploy({ 'hub-url': gateway.url });

  expect([hasGrown, run.errors, run.log.match(/broke the connection|once more by LFS/g)]).toEqual([
    true,
    [
      says(
        `${JSON.stringify(path)} changed while it was sent.`,
        'Cause: A step of this job that still runs, or another process on this machine, wrote to it or deleted it.',
        'Fix: Let that finish before this step starts, then run it again.',
      ),
    ],
    null,
  ]);
  expect((await lab.space().commits()).length).toBe(1);
});
