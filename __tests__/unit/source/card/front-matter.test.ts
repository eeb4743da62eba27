import { expect, test } from '@jest/globals';
import { Failure } from '../../../../src/base/failure.ts';
import { readFrontMatter } from '../../../../src/source/card/front-matter.ts';

const cut = (readme: string) => {
  const { keys, body } = readFrontMatter(readme);
  return { keys, body };
};

test.each([
  ['front matter and a body', '---\ntitle: A\n---\n\n# A\n', { keys: { title: 'A' }, body: '\n# A\n' }],
  ['no front matter', '# A\n', { keys: {}, body: '# A\n' }],
  ['an empty README', '', { keys: {}, body: '' }],
  ['nothing between the lines', '---\n---\nx', { keys: {}, body: 'x' }],
  ['a blank line between the lines', '---\n\n---\nx', { keys: {}, body: 'x' }],
  ['only a comment between the lines', '---\n# later\n---\nx', { keys: {}, body: 'x' }],
  ['nothing after it', '---\nsdk: docker\n---', { keys: { sdk: 'docker' }, body: '' }],
  ['Windows line ends', '---\r\nsdk: docker\r\n---\r\nx\r\n', { keys: { sdk: 'docker' }, body: 'x\r\n' }],
  ['a byte order mark', '\ufeff---\nsdk: docker\n---\nx', { keys: { sdk: 'docker' }, body: 'x' }],
  [
    'a value that ends in dashes',
    '---\ntitle: A ---\nsdk: docker\n---\nx',
    { keys: { title: 'A ---', sdk: 'docker' }, body: 'x' },
  ],
  ['a rule further down', '---\nsdk: docker\n---\nx\n---\ny', { keys: { sdk: 'docker' }, body: 'x\n---\ny' }],
  ['a rule, and no front matter', 'x\n---\ntitle: A\n---\n', { keys: {}, body: 'x\n---\ntitle: A\n---\n' }],
  ['a rule at the top that nothing ends', '---\nhello\n', { keys: {}, body: '---\nhello\n' }],
  ['a rule and prose', '---\nNote: title and sdk\n', { keys: {}, body: '---\nNote: title and sdk\n' }],
  ['a rule and a key after prose', '---\nHello.\nsdk: x\n', { keys: {}, body: '---\nHello.\nsdk: x\n' }],
  ['a rule and a list', '---\n- title: x\n', { keys: {}, body: '---\n- title: x\n' }],
  ['a rule and a heading', '---\n# My app\n', { keys: {}, body: '---\n# My app\n' }],
  ['a rule alone', '---', { keys: {}, body: '---' }],
  [
    'versions as they are written',
    '---\npython_version: 3.10\nsdk_version: 5.0\n---\n',
    { keys: { python_version: '3.10', sdk_version: '5.0' }, body: '' },
  ],
])('%s', (_, readme, expected) => {
  expect(cut(readme)).toEqual(expected);
});

test.each([
  ['a key given twice', '---\ntitle: a\nsdk: x\ntitle: b\n---\n', 4, 'Map keys must be unique'],
  ['a list', '---\n- a\n---\n', 2, 'it is not a list of keys and values.'],
  ['a text', '---\nhello\n---\n', 2, 'it is not a list of keys and values.'],
  ['aliases', '---\na: &x [1]\nb: *x\n---\n', 2, 'it uses YAML aliases.'],
])('%s is refused with its line', (_, readme, line, why) => {
  expect(() => readFrontMatter(readme)).toThrow(
    new Failure('inputs', { what: `The front matter cannot be read: ${why}` }),
  );
  try {
    readFrontMatter(readme);
  } catch (error) {
    expect((error as Failure).problems).toEqual([
      {
        where: `README.md, line ${line}`,
        what: `The front matter cannot be read: ${why}`,
        fix: 'Correct the YAML between the two --- lines.',
      },
    ]);
  }
});

test.each([
  ['a body after it', '---\ntitle: A\napp_port: 80\n\n# A\nText.\n', 3],
  ['nothing after it', '---\nsdk: docker', 2],
  ['Windows line ends', '---\r\nsdk: docker\r\n\r\nText.\r\n', 2],
  ['a byte order mark and blank lines before it', '\ufeff\n\n---\nemoji: x\nText', 4],
  ['a list, a comment and a key of its own', '---\n# ours\nmine: 1\ntags:\n- a\n  - b\n"sdk": static\nText', 7],
  ['a line that closes it with one dash too many', '---\nsdk: static\n----\n', 2],
  ['a line that closes it after a blank', '---\nsdk: static\n ---\nText', 2],
])('front matter that is never closed is refused: %s', (_, readme, line) => {
  try {
    readFrontMatter(readme);
    throw new Error('not refused');
  } catch (error) {
    expect((error as Failure).problems).toEqual([
      {
        where: `README.md, line ${line}`,
        what: 'The front matter is never closed.',
        cause: 'It begins with --- and no line after it is ---, so the Hub reads none of its keys.',
        fix: `Write a line --- after its last key, which seems to be in line ${line}.`,
      },
    ]);
  }
});
