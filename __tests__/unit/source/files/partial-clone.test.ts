import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { systemGit } from '../../../../src/edges/git.ts';
import { readSource } from '../../../../src/source/read-source.ts';
import { inputsOf } from '../../inputs-of.ts';
import { FAKE_GITS, fakeGit } from '../fake-git.ts';
import { Directory, repository } from '../git-repository.ts';

const made: Directory[] = [];
const env = { ...process.env };
afterEach(() => {
  process.env = { ...env };
  for (const directory of made.splice(0)) directory.remove();
});

/** A clone without the blobs, whose every fetch is counted. */
function partialClone(files: Readonly<Record<string, string>>, ...more: readonly string[]) {
  const origin = repository(files);
  origin.git('config', 'uploadpack.allowFilter', 'true');
  origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  const clone = new Directory();
  clone.git('clone', '-q', '--filter=blob:none', '--no-checkout', ...more, `file://${origin.path}`, '.');
  const counter = new Directory();
  const [script, count] = [join(counter.path, 'upload-pack'), join(counter.path, 'count')];
  counter.write('upload-pack', `#!/bin/sh\necho fetched >> ${count}\nexec git-upload-pack "$@"\n`);
  chmodSync(script, 0o755);
  clone.git('config', 'remote.origin.uploadpack', script);
  made.push(origin, clone, counter);
  const fetches = () => (existsSync(count) ? readFileSync(count, 'utf8').split('\n').length - 1 : 0);
  return { clone, fetches };
}

const FILES = { Dockerfile: 'FROM x\n', 'README.md': '---\nsdk: docker\n---\n', a: 'one\n', b: 'two\n' };

async function deployed(directory: Directory) {
  const inputs = inputsOf({ directory: directory.path });
  const source = await readSource(inputs, { git: systemGit, runner: { env: {} } });
  return [...source.files.values()].map(({ path, blobId }) => `${path} ${blobId}`).sort();
}

test.each([['today', ''], ...Object.entries(FAKE_GITS)])(
  'git %s fetches nothing for the files of a partial clone',
  async (_, script) => {
    const whole = repository(FILES);
    made.push(whole);
    const { clone, fetches } = partialClone(FILES);
    // An index as after a checkout, with files that came another way: no blob is here.
    clone.git('read-tree', 'HEAD');
    for (const [path, text] of Object.entries(FILES)) clone.write(path, text);
    clone.write('b', 'changed\n');
    whole.write('b', 'changed\n');
    using fake = fakeGit(script);
    process.env['PATH'] = `${fake.directory}:${env['PATH']}`;

    const files = await deployed(clone);

    expect(fetches()).toBe(0);
    expect(files).toEqual(await deployed(whole));
  },
);

test('that a fetch would have been counted', () => {
  const { clone, fetches } = partialClone(FILES);
  clone.git('cat-file', '-s', 'HEAD:a');
  clone.git('cat-file', '-s', 'HEAD:b');
  expect(fetches()).toBe(2);
});

test('a sparse checkout of a partial clone fetches nothing for what it left out, attributes included', async () => {
  const { clone, fetches } = partialClone({ ...FILES, 'web/.gitattributes': '* text\n', 'web/x': 'x\n' }, '--sparse');
  clone.git('checkout', '-q');
  const before = fetches();
  rmSync(join(clone.path, 'a'));
  const inputs = inputsOf({ directory: clone.path, exclude: ['web/**'] });
  const { files } = await readSource(inputs, { git: systemGit, runner: { env: {} } });
  expect([before > 0, fetches() - before, [...files.keys()].sort()]).toEqual([
    true,
    0,
    ['Dockerfile', 'README.md', 'b'],
  ]);
});
