import { expect, test } from '@jest/globals';
import { codeBlock, inlineCode, plainMarkdown } from '../../../src/report/markdown.ts';

test.each([
  ['plain text', 'app.py', '<code>app.py</code>'],
  ['a path', 'src/main app-2.ts', '<code>src/main app-2.ts</code>'],
  ['other scripts', 'Größe 東京', '<code>Größe 東京</code>'],
  ['a tag', '<img src=x onerror=alert(1)>', '<code>&#60;img src=x onerror=alert(1)&#62;</code>'],
  ['the end of the code', '</code><b>', '<code>&#60;/code&#62;&#60;b&#62;</code>'],
  ['the end of a cell', 'a|b', '<code>a&#124;b</code>'],
  ['an entity', '&lt;&#60;', '<code>&#38;lt;&#38;&#35;60;</code>'],
  ['a link', '[a](b)', '<code>&#91;a&#93;(b)</code>'],
  ['an image', '![a](b)', '<code>&#33;&#91;a&#93;(b)</code>'],
  ['a bare URL', 'https://evil.example', '<code>https&#58;//evil.example</code>'],
  ['a bare name of the web', 'www.evil.example WWW.x', '<code>www&#46;evil.example WWW&#46;x</code>'],
  ['a mention', '@octocat #1', '<code>&#64;octocat &#35;1</code>'],
  [
    'emphasis',
    '*a* __b__ ~~c~~ `d`',
    '<code>&#42;a&#42; &#95;&#95;b&#95;&#95; &#126;&#126;c&#126;&#126; &#96;d&#96;</code>',
  ],
  ['a formula', '$x$', '<code>&#36;x&#36;</code>'],
  ['line breaks', 'a\n\n# b', '<code>a  &#35; b</code>'],
  ['colours and overrides', '\u001b[31ma\u202eb', '<code>a&#65533;b</code>'],
  ['emoji', '🚀', '<code>&#128640;</code>'],
  ['a backslash', 'a\\|b', '<code>a&#92;&#124;b</code>'],
])('%s as inline code', (_, untrusted, markdown) => {
  expect(inlineCode(untrusted)).toBe(markdown);
});

test.each([
  ['a sentence', "It's done: 3 of 3 (all).", "It's done: 3 of 3 (all)."],
  ['code in it', 'Set `app_port` in `card`.', 'Set <code>app_port</code> in <code>card</code>.'],
  ['code with tags in it', 'a `<b>|` c', 'a <code>&#60;b&#62;&#124;</code> c'],
  ['a backtick alone', 'a ` b', 'a &#96; b'],
  ['three backticks', '`a` ` b', '<code>a</code> &#96; b'],
  ['a tag', '<script>x</script>', '&#60;script&#62;x&#60;/script&#62;'],
  ['a table', 'a | b', 'a &#124; b'],
  ['a heading on a line of its own', 'a\n# b', 'a &#35; b'],
])('%s as text', (_, sentence, markdown) => {
  expect(plainMarkdown(sentence)).toBe(markdown);
});

test.each([
  ['lines', ['a  b', '', '- c'], '<pre>a  b\n\n- c</pre>'],
  ['the end of the block', ['</pre><img src=x>'], '<pre>&#60;/pre&#62;&#60;img src=x&#62;</pre>'],
  ['an entity', ['&amp;'], '<pre>&#38;amp;</pre>'],
  ['a line with line breaks in it', ['a\nb\rc'], '<pre>a b c</pre>'],
  ['commands and colours', ['::error::x', '\u001b[31m##[group]'], '<pre>: :error::x\n## [group]</pre>'],
  ['nothing', [], '<pre></pre>'],
])('%s as a block', (_, lines, markdown) => {
  expect(codeBlock(lines)).toBe(markdown);
});
