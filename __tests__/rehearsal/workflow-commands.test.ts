import { expect, test } from '@jest/globals';
import { createLogReader } from '../../scripts/rehearse/workflow-commands.ts';

function read(...lines: string[]) {
  const reader = createLogReader();
  return lines.map(reader).filter((event) => event !== undefined);
}

test('a masked value is removed from everything that follows, and so is the command', () => {
  expect(
    read('::add-mask::abc', '::add-mask::abcdef', '::group::of abc', 'abcdef and abc', '::error title=abc::abc'),
  ).toEqual([
    { kind: 'group', title: 'of ***' },
    { kind: 'line', text: '*** and ***', quoted: false },
    { kind: 'annotation', level: 'error', title: '***', message: '***' },
  ]);
});

test('each line of a masked value is masked', () => {
  expect(read('::add-mask::one%0Atwo', 'one, two')).toEqual([{ kind: 'line', text: '***, ***', quoted: false }]);
});

test('commands are not obeyed while they are suspended', () => {
  expect(read('::stop-commands::x1', '::error::not ours', '::x2::', '::x1::', '::endgroup::')).toEqual([
    { kind: 'line', text: '::error::not ours', quoted: true },
    { kind: 'line', text: '::x2::', quoted: true },
    { kind: 'end-group' },
  ]);
});

test('annotations are decoded, a percent sign last', () => {
  expect(read('::warning title=a%2C b%3A c,file=x::100%25 of%0Atwo, %250A kept')).toEqual([
    { kind: 'annotation', level: 'warning', title: 'a, b: c', message: '100% of\ntwo, %0A kept' },
  ]);
});

test('commands for the runner alone give no event', () => {
  expect(read('::debug::x', '::set-output name=a::b')).toEqual([]);
});
