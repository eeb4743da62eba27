import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { commitByHand } from './support/other-client.ts';

const site = (more: Readonly<Record<string, string>> = {}) => ({ ...staticSite('one'), ...more });

/** The files that a person finds on the Space, but for the Hub's own. */
async function found(lab: Lab) {
  return Object.keys(await lab.space().files())
    .filter((path) => path !== '.gitattributes')
    .sort();
}

test.concurrent.each([
  ['a name', 'data'],
  ['a name with a slash', 'data/'],
  ['from the root', '/data'],
  ['from here', './data'],
  ['a YAML list', '- data/**\n- other'],
  ['a YAML list with quotes', '- "data"'],
  ['a YAML list in one line', '["data", "other"]'],
])('what `protect` names is kept, written as %s', async (_, protect) => {
  await using lab = await openLab(site());
  await lab.deploy();
  await commitByHand(lab.hub, 'data/users.json', '{}');
  await commitByHand(lab.hub, 'other.txt', 'x');
  lab.workspace.commit(staticSite('two'));

  const run = await lab.deploy({ protect });

  expect([run.errors, await found(lab)]).toEqual([[], ['README.md', 'data.txt', 'data/users.json', 'index.html']]);
});

test.concurrent('a `protect` that matches nothing, or less than it seems to, is warned about', async () => {
  await using lab = await openLab(site());
  await lab.deploy();
  for (const path of ['a.db', 'db/b.db', 'logs/2026/x.log']) await commitByHand(lab.hub, path, 'x');

  const run = await lab.deploy({ protect: 'storage\n*.db\nlogs/*', mode: 'plan' });

  expect(run.warnings.filter((text) => text.startsWith('`protect`'))).toEqual([
    '`protect`: "storage" matches no file of the Space or the source.',
    '`protect`: "*.db" matches only one file. Deeper down there is "db/b.db": write "**/*.db" to match it, too, or "/*.db" if not.',
    '`protect`: "logs/*" matches no file of the Space or the source. Deeper down there is "logs/2026/x.log": write "logs/**" to match it, too.',
  ]);
});

test.concurrent('`include` and `exclude` take a directory by its name, and say what they do not reach', async () => {
  await using lab = await openLab(
    site({
      '.gitignore': 'dist\n*.whl\n',
      'tests/test_app.py': 'x',
      'lib/tests/test_lib.py': 'x',
      'a.pyc': 'x',
      'lib/b.pyc': 'x',
      'docs/[id]/page.md': 'x',
    }),
  );
  for (const [path, text] of [
    ['dist/app.js', 'x'],
    ['dist/css/app.css', 'x'],
    ['one.whl', 'x'],
    ['wheels/two.whl', 'x'],
  ] as const) {
    mkdirSync(join(lab.workspace.directory, path, '..'), { recursive: true });
    writeFileSync(join(lab.workspace.directory, path), text);
  }

  const run = await lab.deploy({
    include: '- dist\n- "*.whl"',
    exclude: "- tests\n- '*.pyc'\n- /docs/[id]\n- .gitignore # ours",
    rename: '- /data.txt -> ./facts.txt',
  });

  expect([run.errors, await found(lab)]).toEqual([
    [],
    [
      'README.md',
      'dist/app.js',
      'dist/css/app.css',
      'facts.txt',
      'index.html',
      'lib/b.pyc',
      'lib/tests/test_lib.py',
      'one.whl',
    ],
  ]);
  expect(run.warnings).toEqual([
    '`include`: "*.whl" matches only one file. Deeper down there is "wheels/two.whl": write "**/*.whl" to match it, too, or "/*.whl" if not.',
    '`exclude`: "tests" matches only one file. Deeper down there is "lib/tests/test_lib.py": write "**/tests" to match it, too, or "/tests" if not.',
    '`exclude`: "*.pyc" matches only one file. Deeper down there is "lib/b.pyc": write "**/*.pyc" to match it, too, or "/*.pyc" if not.',
  ]);
});

test.concurrent('a list in one line is refused with the right form, before anything is sent', async () => {
  await using lab = await openLab(site());

  const run = await lab.deploy({ exclude: '*.pyc, tests', protect: '[data]' });

  const says = (...lines: readonly string[]) => lines.join('\n');
  expect([run.errors, run.requests]).toEqual([
    [
      says(
        '"*.pyc, tests" looks like a list in one line.',
        'Where: input `exclude`',
        'Fix: Write one a line, after `|`: "*.pyc\\ntests"',
      ),
      says(
        '"[data]" looks like a list in one line.',
        'Where: input `protect`',
        'Fix: Write one a line, after `|`: "data"',
      ),
    ],
    [],
  ]);
});

test.concurrent('an `include` that matches only deeper down says where', async () => {
  await using lab = await openLab(site({ '.gitignore': 'build\n' }));
  mkdirSync(join(lab.workspace.directory, 'web/build'), { recursive: true });
  writeFileSync(join(lab.workspace.directory, 'web/build/app.js'), 'x');

  const run = await lab.deploy({ include: 'build' });

  expect([run.errors, run.requests]).toEqual([
    [
      '"build" matches no file.\nWhere: input `include`\nFix: Deeper down there is "web/build/app.js": write "**/build" to match it, too.',
    ],
    [],
  ]);
});
