import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findToken, tokenPath } from '../../../src/cli/find-token.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'spaceport-token-'));
  const keep = (path: string, text: string) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  keep('.cache/huggingface/token', ' hf_stored\r\n');
  keep('given', 'hf_given\n');
  keep('empty', '\n');
  keep('wrong', 'my password\n');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** As huggingface_hub resolves it (constants.py). */
test.each([
  [{}, '~/.cache/huggingface/token'],
  [{ XDG_CACHE_HOME: '/cache' }, '/cache/huggingface/token'],
  [{ HF_HOME: '/hf', XDG_CACHE_HOME: '/cache' }, '/hf/token'],
  [{ HF_HOME: '~/hf' }, '~/hf/token'],
  [{ HF_HOME: '$BASE/hf', BASE: '/base' }, '/base/hf/token'],
  [{ HF_HOME: '${BASE}/$NONE', BASE: '/base' }, '/base/$NONE/token'],
  [{ HF_TOKEN_PATH: '~/secret', HF_HOME: '/hf' }, '~/secret'],
])('where `hf auth login` keeps the token: %j', (env, path) => {
  expect(tokenPath({ HOME: home, ...env })).toBe(path.replace('~', home));
});

test('the file of the flag, then HF_TOKEN, then the stored one', async () => {
  const find = (env: Record<string, string>, file?: string) => findToken({ HOME: home, ...env }, file);
  const given = join(home, 'given');
  const stored = join(home, '.cache/huggingface/token');
  expect(await find({ HF_TOKEN: 'hf_env' }, given)).toEqual({
    kind: 'found',
    token: 'hf_given',
    from: `the file ${given}`,
  });
  expect(await find({ HF_TOKEN: ' hf_env\n' })).toEqual({
    kind: 'found',
    token: 'hf_env',
    from: 'the environment variable HF_TOKEN',
  });
  expect(await find({ HF_TOKEN: '' })).toEqual({ kind: 'found', token: 'hf_stored', from: `the file ${stored}` });
  expect(await find({ HF_TOKEN_PATH: join(home, 'empty') })).toEqual({
    kind: 'none',
    looked: ['HF_TOKEN', join(home, 'empty')],
  });
  expect(await find({ HF_TOKEN: 'hf_env' }, join(home, 'missing'))).toEqual({
    kind: 'wrong',
    what: `the file ${join(home, 'missing')} cannot be read.`,
  });
  expect(await find({}, join(home, 'wrong'))).toEqual({
    kind: 'wrong',
    what: `the file ${join(home, 'wrong')} has no Hugging Face token: those begin with hf_ and contain no spaces.`,
  });
});
