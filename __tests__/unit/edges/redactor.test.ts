import { expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/edges/redactor.ts';
import { formsOf } from '../../../src/edges/secret-forms.ts';
import { codeBlock, inlineCode, plainMarkdown } from '../../../src/report/markdown.ts';

function redacted(secret: string, text: string): string {
  const redactor = createRedactor();
  redactor.add(secret);
  return redactor.redact(text);
}

const URL_SECRET = 'postgres://app:p%40ss%2Fw0rd@db.example:5432/leads?sslmode=require';

test.each([
  ['as it is', 's3cret!', 'it is s3cret!.', 'it is ***.'],
  ['again and again', 's3cret', 's3crets3cret s3cret', '****** ***'],
  ['in a URL', 'a b/c?d', 'x=a%20b%2Fc%3Fd&y', 'x=***&y'],
  ['in a path', 'a b/c', '/a%20b/c/', '/***/'],
  ['as Python writes URLs', "a/b!c'd", 'x=a/b%21c%27d&y', 'x=***&y'],
  ['as Java writes forms', 'a b!c', 'x=a+b%21c&y', 'x=***&y'],
  ['in small percent signs, twice over', 'a/ü?b', 'x=a%252f%25c3%25bc%253fb&y', 'x=***&y'],
  ['in HTML', 'a<b>&"c\'', 'is a&lt;b&gt;&amp;&quot;c&#x27;.', 'is ***.'],
  ['in JSON of plain ASCII', 'passwört', '{"k":"passw\\u00f6rt"}', '{"k":"***"}'],
  ['with backslashes in a row', 'a\\\\bcd', 'is a\\\\\\\\bcd', 'is ***'],
  ['in base64', 'user:password', 'Basic dXNlcjpwYXNzd29yZA==', 'Basic ***'],
  ['in base64 for URLs', 'a?>b~~~~', 'x YT8-Yn5-fn4 y', 'x *** y'],
  ['in JSON', 'a"b\\c', '{"k":"a\\"b\\\\c"}', '{"k":"***"}'],
  ['in JSON in JSON', 'a"bcd', '"{\\"k\\":\\"a\\\\\\"bcd\\"}"', '"{\\"k\\":\\"***\\"}"'],
  ['without its blanks', '  s3cret\n', 'got s3cret', 'got ***'],
  ['a line of it', '-----BEGIN-----\n  MIIEvQ==\n-----END-----\n', '> MIIEvQ==', '> ***'],
  ['all lines of it, joined otherwise', 'line-one\nline-two', 'line-one\r\nline-two', '***\r\n***'],
  [
    'the password of a connection string, as written',
    URL_SECRET,
    'password p%40ss%2Fw0rd refused',
    'password *** refused',
  ],
  ['the password, decoded', URL_SECRET, 'password "p@ss/w0rd" refused', 'password "***" refused'],
  ['the whole connection string first', URL_SECRET, `at ${URL_SECRET};`, 'at ***;'],
  ['a password with an @ that was not encoded', 'mysql://u:p@ss@host/db', 'with p@ss', 'with ***'],
  ['a password that is no valid encoding', 'mysql://u:100%pass@host/db', 'with 100%pass', 'with ***'],
  ['coloured in parts', 'tok-12345-abc', 'is tok-\u001b[36m12345\u001b[0m-abc.', 'is ***.'],
  ['and leaves colours alone where there is none', 's3cret', '\u001b[31mred.txt', '\u001b[31mred.txt'],
  ['with a link or another sequence in it', 's3cret', 's3\u001b]8;;x\u0007c\u009b1mret\u001b(B', '***'],
  ['a regular expression is only text', 'a.*b+(c)', 'aXXb a.*b+(c)', 'aXXb ***'],
  ['too short a value would blacken words', 'abc', 'abcdef', 'abcdef'],
])('takes a secret out, %s', (_, secret, text, expected) => {
  expect(redacted(secret, text)).toBe(expected);
});

test.each([
  ['by colours', 's3\u001b[1mcret', '***'],
  ['by a sequence inside of a sequence', 's3\u001b\u001b[0m[0mcret', 's3 [0mcret'],
  ['by a control character that becomes a blank', 'two\u0001words', '***'],
  ['where the line is cut', `${'x'.repeat(1_997)} s3cret`, `${'x'.repeat(1_997)} ** …`],
])('no secret of a line is put together %s', (_, line, expected) => {
  const redactor = createRedactor();
  for (const secret of ['s3cret', 'two words']) redactor.add(secret);
  expect(redactor.redactLine(line)).toBe(expected);
});

test.each([
  ['a part of a name that everybody may read', 'chat-ui', 'at me/chat-ui', 'at me/chat-ui'],
  [
    'also as HTML and URLs write the name',
    'chat-ui',
    'at me%2Fchat-ui, me&#47;chat&#45;ui',
    'at me%2Fchat-ui, me&#47;chat&#45;ui',
  ],
  ['not where it stands alone', 'chat-ui', 'chat-ui of me/chat-ui', '*** of me/chat-ui'],
  ['not where it is more than the name', 'x-me/chat-ui-y', 'is x-me/chat-ui-y', 'is ***'],
  ['not where it begins in the name', 'chat-ui/settings', 'at me/chat-ui/settings', 'at me/***'],
])('keeps a name whole: %s', (_, secret, text, expected) => {
  const redactor = createRedactor();
  redactor.add(secret);
  redactor.keep('me/chat-ui');
  expect(redactor.redact(text)).toBe(expected);
});

const MARKED = 'p_ss"w<o>r&d|*`://x';

test.each([
  ['inline code', inlineCode(`is ${MARKED} now`), '<code>is *** now</code>'],
  ['a sentence', plainMarkdown(`is ${MARKED.replace('`', '')} now`), 'is *** now'],
  ['a block', codeBlock([`is ${MARKED} now`]), '<pre>is *** now</pre>'],
  ['JSON in a sentence', plainMarkdown(`is ${JSON.stringify(MARKED.replace('`', ''))} now`), 'is "***" now'],
])('takes a secret out of %s of the summary', (_, markdown, expected) => {
  const redactor = createRedactor();
  redactor.add(MARKED);
  redactor.add(MARKED.replace('`', ''));
  expect(redactor.redact(markdown)).toBe(expected);
});

test('the longer secret goes first, so that none is left in part', () => {
  const redactor = createRedactor();
  redactor.add('hf_token');
  redactor.add('hf_token_of_production');
  expect(redactor.redact('hf_token_of_production hf_token')).toBe('*** ***');
});

test('what GitHub is to mask holds every form, and nothing empty', () => {
  expect(formsOf('a"b c\n\nd')).toEqual([
    'a"b c\n\nd',
    'a%22b%20c%0A%0Ad',
    'YSJiIGMKCmQ=',
    'YSJiIGMKCmQ',
    'a\\"b c\\n\\nd',
    'a\\\\\\"b c\\\\n\\\\nd',
    'a"b c',
  ]);
});

test.each([
  ['{\n  "key": "s3cret",\n  "list": [\n    1\n  ]\n}', ['"key": "s3cret",', '"list": [']],
  ['-----BEGIN KEY-----\r\nMII=\r\n-----END KEY-----\r\n', ['-----BEGIN KEY-----', 'MII=', '-----END KEY-----']],
  ['first\rsecond', ['first', 'second']],
])('of the lines of %j those are masked that say something', (secret, lines) => {
  const ofOneLine = formsOf(secret).filter((form) => !/[\r\n%\\]/.test(form));
  expect(ofOneLine.filter((form) => !/^[\w+/-]{12,}=*$/.test(form))).toEqual(lines);
});

test.each(['{', '}\n', ' [] ', '***', ''])('%j as a whole secret is only punctuation, and not masked', (secret) => {
  expect(formsOf(secret)).toEqual([]);
});

test('a password of punctuation alone is masked', () => {
  expect(redacted('!$%&/()=', 'is !$%&/()=')).toBe('is ***');
});
