// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { callHub } from './support/other-client.ts';

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

const NPMRC = { '.npmrc': '//registry.npmjs.org/:_authToken=abcdefghijklmnop\n' };
const READABLE = '".npmrc" holds a token of npm, and everybody could read it in a public Space.';
const SOON = '"soon" is not a duration.';
const LOOK = ['GET /api/spaces/me/app?expand=sha&expand=sdk&expand=private&expand=cardData'];

test.concurrent('what a Space that is public already forbids is told with the wrong inputs and files', async () => {
  await using lab = await openLab({ ...staticSite('one'), ...NPMRC });
  await callHub(lab.hub, '/api/repos/create', { type: 'space', organization: 'me', name: 'app', sdk: 'static' });

  const inputs = await lab.deploy({ timeout: 'soon' });
  const explicit = await lab.deploy({ timeout: 'soon', visibility: 'private' });
  const noToken = await lab.deploy({ timeout: 'soon' }, { env: { HF_TOKEN: '' } });
  lab.workspace.commit({ 'model.bin': POINTER });
  const files = await lab.deploy();
  const variables = await lab.deploy({ timeout: 'soon', exclude: '.npmrc', variables: `TOKEN=hf_${'aB3'.repeat(12)}` });

  expect([firstLines(inputs.errors), inputs.requests]).toEqual([[SOON, READABLE], LOOK]);
  expect([firstLines(explicit.errors), explicit.requests]).toEqual([[SOON], []]);
  expect([firstLines(noToken.errors), noToken.requests]).toEqual([[SOON], []]);
  expect([firstLines(files.errors), files.requests]).toEqual([
    ['"model.bin" is an LFS pointer, not the file itself.', READABLE],
    LOOK,
  ]);
  expect(firstLines(variables.errors)).toEqual([
    SOON,
    '"model.bin" is an LFS pointer, not the file itself.',
    expect.stringMatching(/^TOKEN contains .*, and everybody can read the variables of this Space\.$/),
  ]);
});

test.concurrent('a Hub that does not answer keeps nobody from reading what is wrong with the inputs', async () => {
  await using lab = await openLab({ ...staticSite('one'), ...NPMRC });
  lab.hub.fault({ route: 'GET /api/spaces/:owner/:name', on: 'every', then: { status: 403 } });
  const run = await lab.deploy({ timeout: 'soon' });
  expect([firstLines(run.errors), run.exitCode]).toEqual([[SOON], 1]);
});
