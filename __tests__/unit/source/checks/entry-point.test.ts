import { expect, test } from '@jest/globals';
import { missingEntryPoint } from '../../../../src/source/checks/entry-point.ts';

const never = () => false;

test.each([
  ['docker', {}, 'Dockerfile'],
  ['docker', { app_file: 'app.py' }, 'Dockerfile'],
  ['gradio', {}, 'app.py'],
  ['gradio', { app_file: 'ui/main.py' }, 'ui/main.py'],
  ['static', {}, 'index.html'],
  ['static', { app_file: 'dist/index.html' }, 'dist/index.html'],
] as const)('a %s Space with the card %j starts with %s', (sdk, card, entry) => {
  expect(missingEntryPoint(sdk, card, (path) => path === entry, never)).toEqual([]);
  expect(missingEntryPoint(sdk, card, never, (path) => path === entry)).toEqual([]);
  expect(missingEntryPoint(sdk, card, (path) => path !== entry, never).map(({ what }) => what)).toEqual([
    `A ${sdk} Space starts with ${JSON.stringify(entry)}, and that is not among the deployed files.`,
  ]);
});

test('a static Space that the Hub builds need not bring its page', () => {
  expect(missingEntryPoint('static', { app_build_command: 'npm run build' }, never, never)).toEqual([]);
});
