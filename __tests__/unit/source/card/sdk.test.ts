import { expect, test } from '@jest/globals';
import { Failure } from '../../../../src/base/failure.ts';
import { chooseSdk } from '../../../../src/source/card/sdk.ts';

const has =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path);

test.each([
  ['the input before all', 'streamlit', 'docker', ['Dockerfile'], 'streamlit'],
  ['the front matter before the files', undefined, 'gradio', ['Dockerfile'], 'gradio'],
  ['streamlit in the front matter', undefined, 'streamlit', [], 'streamlit'],
  ['a Dockerfile before a page', undefined, undefined, ['index.html', 'Dockerfile'], 'docker'],
  ['a page', undefined, undefined, ['index.html'], 'static'],
  ['a key without a value says nothing', undefined, null, ['Dockerfile'], 'docker'],
  ['nor does one with an empty text', undefined, '', ['index.html'], 'static'],
  ['the input, whatever the front matter says', 'static', 'flask', [], 'static'],
] as const)('%s', (_, input, frontMatter, paths, expected) => {
  expect(chooseSdk(input, frontMatter, has(...paths))).toEqual(expected);
});

test.each([
  [
    'nothing says it',
    undefined,
    ['app.py'],
    'Nothing says what kind of Space this is.',
    'There is no `sdk` in the front matter of README.md, no Dockerfile and no index.html.',
  ],
  [
    'an unknown one, also beside a Dockerfile',
    'flask',
    ['Dockerfile'],
    'The front matter says sdk: "flask", which the Hub does not have.',
    'The Hub hosts docker, gradio and static Spaces.',
  ],
])('%s', (_, frontMatter, paths, what, cause) => {
  const thrown = (() => {
    try {
      return chooseSdk(undefined, frontMatter, has(...paths));
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(Failure);
  expect((thrown as Failure).problems).toEqual([
    { where: 'input `sdk`', what, cause, fix: 'Set `sdk` to one of: docker, gradio, static, streamlit.' },
  ]);
});
