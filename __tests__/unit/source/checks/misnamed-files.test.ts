import { expect, test } from '@jest/globals';
import type { Sdk } from '../../../../src/inputs/sdk.ts';
import { misnamedFiles } from '../../../../src/source/checks/misnamed-files.ts';

const warning = (path: string, name = 'requirements.txt') =>
  `Nothing reads ${JSON.stringify(path)}: packages are installed from "${name}", which is missing. Rename the file, also with the input \`rename\`: ${path} -> ${name}`;

test.each<[Sdk, string]>([
  ['gradio', 'requirement.txt'],
  ['gradio', 'Requirements.txt'],
  ['streamlit', 'requirments.txt'],
  ['gradio', 'requirements.text'],
  ['docker', 'requirement.txt'],
])('%s: %s is told', (sdk, path) => {
  expect(misnamedFiles(sdk, ['app.py', path], 'FROM python\nCOPY . .\n')).toEqual([warning(path)]);
});

test('of gradio, packages of Debian, too', () => {
  expect(misnamedFiles('gradio', ['requirements.txt', 'package.txt'], '')).toEqual([
    warning('package.txt', 'packages.txt'),
  ]);
});

test.each<[string, Sdk, readonly string[], string]>([
  ['beside the right one', 'gradio', ['requirement.txt', 'requirements.txt'], ''],
  ['which the Dockerfile names', 'docker', ['requirement.txt'], 'RUN pip install -r requirement.txt'],
  ['with another purpose', 'gradio', ['requirements-dev.txt', 'package.json'], ''],
  ['in another directory', 'gradio', ['docs/requirement.txt'], ''],
  ['of a static Space', 'static', ['requirement.txt'], ''],
])('a file %s is not', (_, sdk, paths, dockerfile) => {
  expect(misnamedFiles(sdk, paths, dockerfile)).toEqual([]);
});
