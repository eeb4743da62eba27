import { expect, test } from '@jest/globals';
import { GRADIO_CHECK } from '../../../src/health/gradio-check.ts';
import type { Check, Inputs } from '../../../src/inputs/inputs.ts';
import { checksOf } from '../../../src/verify/checks.ts';
import { inputsOf } from '../inputs-of.ts';
import { spaceOf } from '../space-of.ts';

const OWN: Check = { ...GRADIO_CHECK, path: '/own' };
const about = { space: spaceOf(), commit: 'b'.repeat(40), previousCommit: 'a'.repeat(40) };

test.each<[string, Partial<Inputs>, 'docker' | 'gradio', unknown]>([
  ['nothing', {}, 'docker', undefined],
  ['what the person wrote', { checks: [OWN] }, 'docker', { requests: [OWN], isAskedFor: true }],
  ['Gradio, unasked', {}, 'gradio', { requests: [GRADIO_CHECK], isAskedFor: false }],
  [
    'Gradio, and what the person wrote',
    { checks: [OWN] },
    'gradio',
    { requests: [GRADIO_CHECK, OWN], isAskedFor: true },
  ],
  ['an empty list', { checks: [] }, 'gradio', undefined],
])('%s', (_, inputs, requestedSdk, expected) => {
  expect(checksOf(inputsOf(inputs), { requestedSdk }, about)).toEqual(expected);
});

test('the command is told what runs, and which tokens it must not learn', () => {
  const token = { value: 'hf_x', from: 'input `token`' };
  const inputs = inputsOf({ checkCommand: 'make e2e', token, githubToken: 'ghs_x', environment: 'staging' });
  expect(checksOf(inputs, { requestedSdk: 'docker' }, about)).toEqual({
    requests: [],
    isAskedFor: true,
    command: {
      script: 'make e2e',
      directory: '/nowhere',
      variables: {
        APP_URL: 'https://acme-app.hf.space',
        SPACE: 'acme/app',
        ENVIRONMENT: 'staging',
        COMMIT: about.commit,
        PREVIOUS_COMMIT: about.previousCommit,
      },
      tokens: ['hf_x', 'ghs_x'],
    },
  });
});
