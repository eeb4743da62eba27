import { expect, test } from '@jest/globals';
import { parseConfig } from '../../../../src/inputs/config/parse-config.ts';

const problemsOf = (text: string) =>
  parseConfig('f.yml', text, {}).problems.map(({ where, what, fix }) => [where?.replace('f.yml, ', ''), what, fix]);

const LINE = 'Write one `name: value` a line.';

test.each<[string, string, readonly (readonly unknown[])[]]>([
  ['the root is a list', '- a\n', [['line 1, column 1', 'The file must be a map, and this is a list.', LINE]]],
  [
    'environments is a list',
    'environments: [staging]\n',
    [['line 1, column 15', '`environments` must be a map, and this is a list.', LINE]],
  ],
  [
    'an input at the top',
    'space: a/b\n',
    [
      [
        'line 1, column 1',
        '`space` stands at the top of the file, where only `defaults` and `environments` may.',
        'Write it below `defaults:`, or below the name of an environment in `environments:`.',
      ],
    ],
  ],
  [
    'camel case',
    'defaults: { healthPath: /up }\n',
    [['line 1, column 13', '`healthPath` is not an input.', 'Did you mean `health-path`?']],
  ],
  [
    'underscores',
    'defaults: { on_failure: keep }\n',
    [['line 1, column 13', '`on_failure` is not an input.', 'Did you mean `on-failure`?']],
  ],
  [
    'a list for a text',
    'defaults: { timeout: [1] }\n',
    [['line 1, column 22', '`timeout` must be a single value, and this is a list.', 'Write `timeout: 30m`.']],
  ],
  [
    'a wrong choice',
    'defaults: { visibility: open }\n',
    [
      [
        'line 1, column 25',
        '`visibility` must be one of: private, protected, public, and this is "open".',
        'Write `visibility: private`.',
      ],
    ],
  ],
  [
    'a word for a number',
    'defaults: { sleep-time: soon }\n',
    [['line 1, column 25', '`sleep-time` must be a whole number, and this is "soon".', 'Write `sleep-time: 3600`.']],
  ],
  [
    'a map for a list',
    'defaults: { include: { a: b } }\n',
    [['line 1, column 22', '`include` must be a list, and this is a map.', 'Write `include: [dist/**]`.']],
  ],
  [
    'a list for a map',
    'defaults: { card: [a] }\n',
    [['line 1, column 19', '`card` must be a map, and this is a list.', 'Write `card: { title: My app }`.']],
  ],
  [
    'a name that the Hub does not take',
    'defaults: { variables: { 1A: x } }\n',
    [
      [
        'line 1, column 26',
        '"1A" cannot be the name of a variable or secret.',
        'Start with a letter; letters, digits and underscores may follow.',
      ],
    ],
  ],
  [
    'an environment in capitals',
    'environments: { Staging: { } }\n',
    [
      [
        'line 1, column 17',
        '"Staging" cannot be the name of an environment.',
        'Start with a lower-case letter; lower-case letters, digits and dashes may follow, and one `*`: staging, preview-*.',
      ],
    ],
  ],
  [
    'two stars',
    'environments: { "a*b*": { } }\n',
    [['line 1, column 17', '"a*b*" cannot be the name of an environment.', expect.any(String)]],
  ],
  [
    'the environment',
    'defaults: { environment: staging }\n',
    [
      [
        'line 1, column 13',
        '`environment` may not stand in this file.',
        'Give it to the step; here, its values stand under `environments`.',
      ],
    ],
  ],
  [
    'an expression of GitHub',
    'defaults: { space: "${{ vars.OWNER }}/app" }\n',
    [
      [
        'line 1, column 20',
        'GitHub fills in `${{ … }}` in workflows, and not in this file.',
        'Give this value to the step; what the step is given wins over the file.',
      ],
    ],
  ],
  [
    'two documents',
    'defaults: {}\n---\n',
    [['line 2, column 1', 'A second YAML document begins here.', 'Remove the line `---`.']],
  ],
  ['a key that is no text', 'defaults: { [a]: b }\n', [['line 1, column 13', 'A key must be a text.', LINE]]],
])('%s', (_, text, expected) => {
  expect(problemsOf(text)).toEqual(expected);
});

test.each([
  ['', ''],
  ['comments', '# nothing\n'],
  ['keys without values', 'defaults:\nenvironments:\n'],
  ['an environment without values', 'environments:\n  staging:\n  preview-*: {}\n'],
  ['an anchor that nothing refers to', 'defaults: &d { timeout: 1m }\n'],
  ['a byte order mark and CRLF', '\uFEFFdefaults:\r\n  timeout: 1m\r\n'],
  [
    'every way to write a list',
    'defaults:\n  include: [a]\n  exclude: |\n    a\n    b\n  rename: { a: b }\n  health-expect: [status=ok]\n',
  ],
  ['texts that YAML reads as something else', 'defaults:\n  hardware: 1\n  sleep-time: "3600"\n  adopt: "true"\n'],
  ['a password that is filled in later', 'defaults: { variables: { URL: "postgres://me:$PASSWORD@db/app" } }\n'],
])('nothing is wrong with %s', (_, text) => {
  expect(problemsOf(text)).toEqual([]);
});

test.each([
  ['defaults: { token: abcdefgh }', ['abcdefgh']],
  ['defaults: { database-url: "postgres://u:p@h/d" }', ['postgres://u:p@h', 'postgres://u:p@h/d']],
  ['defaults: { secrets: [A=abcdefgh] }', ['abcdefgh']],
  ['defaults: { secrets: { A: abcdefgh } }', ['abcdefgh']],
  ['defaults: { secrets: "A=abcdefgh" }', ['abcdefgh']],
  ['# hf_abcdefghijklmnopqrst\n', ['hf_abcdefghijklmnopqrst']],
  ['not: [yaml\n- ghp_abcdefghijklmnopqrstuvwxyz', ['ghp_abcdefghijklmnopqrstuvwxyz']],
  ['defaults: { variables: { DSN: "host=db password=abcdefgh" } }', ['abcdefgh']],
])('the secret in %s is refused, and masked', (text, secrets) => {
  const parsed = parseConfig('f.yml', text, {});
  expect(parsed.secrets).toEqual(secrets);
  expect(parsed.problems).not.toEqual([]);
  for (const secret of secrets) expect(JSON.stringify(parsed.problems)).not.toContain(secret);
});
