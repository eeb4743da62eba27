import { expect, test } from '@jest/globals';
import { readActionInputs } from '../../scripts/rehearse/action-inputs.ts';
import { parseCommandLine } from '../../scripts/rehearse/command-line.ts';
import { job, readWorkflow, TO_COPY } from './support/workflow.ts';

const rehearse = readWorkflow(`${TO_COPY}/rehearse.yml`);

test('a pull request, also one of a stranger, is rehearsed without any secret', () => {
  expect(Object.keys(rehearse.on)).toEqual(['pull_request']);
  expect(JSON.stringify(rehearse)).not.toMatch(/secrets\.|github\.token|HF_TOKEN/);
});

test('it asks for the real engine, so that a runner without one is red', () => {
  const line = job(rehearse, 'rehearse').steps.at(-1)?.run ?? '';
  const [command, flags = ''] = line.trim().split(' -- ');
  const words = [...flags.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

  expect(command).toBe('npm start');
  expect(parseCommandLine(words, readActionInputs())).toEqual({
    kind: 'rehearse',
    verbose: false,
    keep: false,
    engine: 'docker',
    given: { path: '$GITHUB_WORKSPACE', space: 'acme/my-app', 'health-path': '/health' },
  });
});
