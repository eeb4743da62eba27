import { expect, test } from '@jest/globals';
import { problemText } from '../../../src/report/failure-lines.ts';

test.each([
  ['only what', { what: 'It broke.' }, 'It broke.'],
  [
    'everything but the evidence',
    { what: 'It broke.', where: 'app.py', cause: 'A bug.', fix: 'Repair it.', evidence: ['Traceback'] },
    'It broke.\nWhere: app.py\nCause: A bug.\nFix: Repair it.',
  ],
  ['words of others', { what: 'The Hub refused: \u001b[31mno\n::set-env::' }, 'The Hub refused: no ::set-env::'],
  ['a command at its start', { what: '::error::x', fix: '##[group]' }, ': :error::x\nFix: ## [group]'],
])('%s', (_, problem, text) => {
  expect(problemText(problem)).toBe(text);
});
