import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { LongRunningGit } from '../../../emulator/git/long-running-git.ts';
import { quietGitEnv, runGit } from '../../../emulator/git/run-git.ts';

const directory = mkdtempSync(join(tmpdir(), 'long-running-git-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
await runGit(directory, ['init', '--bare', '--quiet']);

const ask = (git: LongRunningGit, ...lines: string[]) =>
  git.ask([Buffer.from(lines.map((line) => `${line}\n`).join(''))]);
const keep = (args: readonly string[], onLast = () => {}) =>
  new LongRunningGit({ cwd: directory, args, env: quietGitEnv, input: [] }, onLast);
const store = async (content: Buffer) =>
  (await runGit(directory, ['hash-object', '-w', '--stdin'], { input: content })).toString().trim();

test('one git answers everything that is asked, and finds what was written since it started', async () => {
  const gone = Promise.withResolvers<void>();
  let last = 0;
  const git = keep(['cat-file', '--batch-command', '--buffer'], () => {
    last++;
    gone.resolve();
  });
  const none = '0'.repeat(40);
  expect(await ask(git, `info ${none}`)).toEqual({ status: 0, out: Buffer.from(`${none} missing\n`), err: '' });

  const large = Buffer.alloc(3_000_000, 'these words come in many pieces\n');
  const [oid, other] = [await store(large), await store(Buffer.from('small'))];
  const answers = await Promise.all([ask(git, `contents ${oid}`), ask(git, `info ${oid}`, `contents ${other}`)]);
  const asText = answers.map(({ out }) => Buffer.from(out).toString());
  expect(asText).toEqual([`${oid} blob 3000000\n${large}\n`, `${oid} blob 3000000\n${other} blob 5\nsmall\n`]);

  // When it is asked no more; once, since another one may be kept by the time that this one has ended.
  await gone.promise;
  await git.end();
  expect(last).toBe(1);
});

test('a git that ends by itself is no longer asked, and says why', async () => {
  let last = 0;
  const git = keep(['cat-file', '--no-such-option'], () => last++);
  const { status, err } = await ask(git, 'info HEAD');
  expect([status, err, last]).toEqual([129, expect.stringContaining('no-such-option'), 1]);
});

test('it can be ended', async () => {
  const git = keep(['cat-file', '--batch-command', '--buffer']);
  await ask(git, 'info HEAD');
  await git.end();
  expect((await ask(git, 'info HEAD')).status).toBeNull();
});
