import { expect, test } from '@jest/globals';
import { otherApps } from '../../../../src/source/checks/other-apps.ts';

const SDK = '---\nsdk: gradio\n---\n';

function check(files: Readonly<Record<string, string>>, path = '.') {
  const entries = Object.entries(files).map(([name, text]) => {
    const bytes = Buffer.from(text);
    return [name, { path: name, size: bytes.length, blobId: '', content: { kind: 'memory', bytes } }] as const;
  });
  return otherApps(path, new Map(entries));
}

const note = (names: string) =>
  `The root of the repository is deployed, with everything below it. If you mean one of the apps in it (${names}), name its directory in \`path\`.`;

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['a Dockerfile', { Dockerfile: 'x', 'api/Dockerfile': 'x', 'web/Dockerfile': 'x' }, '"api", "web"'],
  ['front matter', { 'README.md': SDK, 'apps/demo/README.md': SDK }, '"apps/demo"'],
  ['an app and what it needs', { 'app.py': 'x', 'demo/app.py': 'x', 'demo/requirements.txt': 'x' }, '"demo"'],
  [
    'many',
    Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}/Dockerfile`, 'x'])),
    '"a", "b", "c", "d", "e" and 1 more',
  ],
])('directories with %s look like apps of their own', async (_, files, names) => {
  expect(await check(files)).toBe(note(names));
  expect(await check(files, './')).toBe(note(names));
  expect(await check(files, 'api')).toBeUndefined();
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['an app alone', { Dockerfile: 'x', 'src/app.py': 'x' }],
  ['what belongs to the app', { Dockerfile: 'x', 'docker/Dockerfile': 'x', '.devcontainer/Dockerfile': 'x' }],
  ['examples and tests', { Dockerfile: 'x', 'examples/a/Dockerfile': 'x', 'tests/Dockerfile': 'x' }],
  [
    'READMEs of other tools',
    { 'README.md': SDK, 'lib/README.md': '---\ntitle: x\n---\n', 'b/README.md': '---\n- a\n---\n' },
  ],
  ['what is too deep', { Dockerfile: 'x', 'a/b/c/Dockerfile': 'x' }],
])('nothing is said of %s', async (_, files) => {
  expect(await check(files)).toBeUndefined();
});
