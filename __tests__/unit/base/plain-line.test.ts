import { expect, test } from '@jest/globals';
import { plainLine } from '../../../src/base/plain-line.ts';

test.each([
  ['ordinary text stays', 'Step 1/9 : FROM python:3.12-slim', 'Step 1/9 : FROM python:3.12-slim'],
  ['accents, other scripts and emoji stay', 'Gebäude 東京 🚀 Привет', 'Gebäude 東京 🚀 Привет'],
  ['blanks at the end go', 'done   ', 'done'],
  ['blanks at the start stay', '    at main.py', '    at main.py'],
  ['tabs stay', 'a\tb', 'a\tb'],
  ['a command of the runner', '::set-output name=a::b', ': :set-output name=a::b'],
  ['a command after blanks', ' \t ::add-mask::x', ' \t : :add-mask::x'],
  ['a command after a carriage return', '\r::stop-commands::x', ' : :stop-commands::x'],
  ['a command after a non-breaking space', '\u00a0::error::x', '\u00a0: :error::x'],
  ['a command after colours', '\u001b[31m::error::x', ': :error::x'],
  ['a command after an invisible mark', '\ufeff::error::x', '�::error::x'],
  ['colons in the middle are no command', 'std::vector', 'std::vector'],
  ['an old command', '##[error]x', '## [error]x'],
  ['an old command in the middle', 'a ##[set-env name=a]b ##[x]', 'a ## [set-env name=a]b ## [x]'],
  ['an old command put together by colours', '#\u001b[0m#[error]x', '## [error]x'],
  ['an old command put together by a control character', '#\u0000#[error]x', '# #[error]x'],
  ['a longer run of hashes', '####[group]', '#### [group]'],
  ['colours', '\u001b[1;32mok\u001b[0m', 'ok'],
  ['a link of the terminal', '\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007', 'here'],
  ['moving the cursor', 'a\u001b[2K\u001b[1Gb', 'ab'],
  ['an escape alone', 'a\u001bb', 'a b'],
  ['a carriage return that overwrites', 'failed\rpassed', 'failed passed'],
  ['line breaks', 'a\nb\r\nc', 'a b  c'],
  ['backspaces', 'abc\b\b', 'abc'],
  ['controls of the second half', 'a\u0085b\u0090c', 'a b c'],
  ['a direction override', 'user\u202etxt.exe', 'user�txt.exe'],
  ['a direction isolate', 'a\u2066b\u2069', 'a�b�'],
  ['a letter without width', 'pass\u200bword', 'pass�word'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'a�b�c'],
  ['nothing', '', ''],
])('%s: %j', (_, untrusted, plain) => {
  expect(plainLine(untrusted)).toBe(plain);
});

test('a line is cut at 2000 characters', () => {
  expect(plainLine('x'.repeat(2_000))).toBe('x'.repeat(2_000));
  expect(plainLine('x'.repeat(1_000_000))).toBe(`${'x'.repeat(2_000)} …`);
});
