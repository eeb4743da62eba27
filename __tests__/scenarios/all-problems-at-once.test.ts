import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 123456\n`;
const firstLines = (errors: readonly string[]) => errors.map((text) => text.split('\n')[0]);

test.concurrent('wrong inputs, files, card and what a public Space forbids are told in one run', async () => {
  await using lab = await openLab({
    ...staticSite('one'),
    'README.md': '---\ntitle: Site\nsdk: static\ncolorFrom: orange\n---\n',
    'model.bin': POINTER,
    '.npmrc': '//registry.npmjs.org/:_authToken=abcdefghijklmnop\n',
  });
  const files = [
    '"model.bin" is an LFS pointer, not the file itself.',
    expect.stringMatching(/colorFrom/),
    expect.stringMatching(/^"\.npmrc" holds a token of npm, and everybody could read it in a public Space\.$/),
  ];

  const both = await lab.deploy({ visibility: 'public', timeout: 'soon', space: 'app' });
  const onlyFiles = await lab.deploy({ visibility: 'public' });

  expect([firstLines(both.errors), both.exitCode, both.requests]).toEqual([
    ['"app" is not the name of a Space.', '"soon" is not a duration.', ...files],
    1,
    [],
  ]);
  expect([firstLines(onlyFiles.errors), onlyFiles.exitCode, onlyFiles.requests]).toEqual([files, 1, []]);
});
