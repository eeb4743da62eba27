import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defaultVisibility } from '../../../src/inputs/visibility.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'visibility-'));
});
afterAll(() => rm(directory, { recursive: true }));

const UNKNOWN = { value: 'private', from: 'whether the GitHub repository is public is not known' };

test.each([
  [
    'a private repository',
    '{"repository":{"private":true}}',
    { value: 'private', from: 'the GitHub repository is private' },
  ],
  [
    'a public repository',
    '{"repository":{"private":false}}',
    { value: 'public', from: 'the GitHub repository is public' },
  ],
  ['an event that does not say', '{"schedule":"0 0 * * *"}', UNKNOWN],
  ['an answer of another kind', '{"repository":{"private":"false"}}', UNKNOWN],
  ['no object', 'null', UNKNOWN],
  ['no JSON', 'x', UNKNOWN],
])('%s', async (_, event, expected) => {
  const path = join(directory, 'event.json');
  await writeFile(path, event);
  expect(await defaultVisibility({ GITHUB_EVENT_PATH: path })).toEqual(expected);
});

test('no event at all', async () => {
  expect(await defaultVisibility({})).toEqual(UNKNOWN);
});
