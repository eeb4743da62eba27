import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import { failureTitle, problemText } from '../../../src/report/failure-lines.ts';

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

test.each(['deploy', 'plan', 'verify', 'remove', 'rollback', 'restart'] as const)(
  'in mode %s, a bug of ours is not laid on the Hub',
  (mode) => {
    expect(failureTitle(new Failure('bug', { what: 'It broke.' }), mode)).toBe('Spaceport itself failed');
  },
);
