import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { OWN, TO_COPY, workflowsIn } from './support/workflow.ts';

const SUPPORT = '__tests__/workflows/support';

test("actionlint and GitHub's language service have nothing to say of the workflows and of action.yml", () => {
  const paths = [...workflowsIn(OWN), ...workflowsIn(TO_COPY), 'action.yml'];
  expect(findings(...paths)).toEqual(Object.fromEntries(paths.map((path) => [path, []])));
});

test('they speak up when there is something', () => {
  const [workflow, action] = [`${SUPPORT}/wrong/workflow.yml`, `${SUPPORT}/wrong/action.yml`];
  expect(findings(workflow, action)).toEqual({
    [workflow]: [
      expect.stringContaining('actionlint, line 6: unexpected key "cancel-in-progres"'),
      expect.stringContaining('actionlint, line 17: property "first" is not defined'),
      'language service, line 17: Context access might be invalid: first',
      "language service, line 6: Unexpected value 'cancel-in-progres'",
    ],
    [action]: ["language service, line 4: Unexpected value 'node99'"],
  });
});

function findings(...paths: readonly string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, [`${SUPPORT}/linters.js`, ...paths], { encoding: 'utf8' }));
}
