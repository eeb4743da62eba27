import { expect, test } from '@jest/globals';
import { readFrontMatter } from '../../../../src/source/card/front-matter.ts';
import { overlayCard } from '../../../../src/source/card/overlay-card.ts';

const lay = (readme: string, ...layers: readonly Readonly<Record<string, unknown>>[]) =>
  overlayCard(readme, readFrontMatter(readme), layers);

const OWN = `---
# Of the Space
title:   "My app"
emoji: 🚀   # looks nice

tags: [a,   b]
sdk: docker
---

# My app
`;
const OWN_KEYS = { title: 'My app', emoji: '🚀', tags: ['a', 'b'], sdk: 'docker' };

test.each([
  ['no layers', []],
  ['empty layers', [{}, {}]],
  ['what it says already', [{ sdk: 'docker', title: 'My app' }, { tags: ['a', 'b'] }]],
  ['taking away what is not there', [{ license: null }]],
])('%s leave the README as it is, byte for byte', (_, layers) => {
  expect(lay(OWN, ...layers)).toEqual({ readme: OWN, keys: OWN_KEYS, changed: false });
});

test('a changed README keeps comments and order; new keys come last', () => {
  const { readme, keys } = lay(OWN, { title: 'Ours', app_port: 8000 }, { app_port: 9000 });
  expect(keys).toEqual({ ...OWN_KEYS, title: 'Ours', app_port: 9000 });
  expect(readme).toBe(`---
# Of the Space
title: Ours
emoji: 🚀 # looks nice

tags: [ a, b ]
sdk: docker
app_port: 9000
---

# My app
`);
});

test('the comment beside a value that changes stays', () => {
  expect(lay('---\nemoji: 🚀 # looks nice\nsdk: docker\n---\n', { emoji: '🐳' }).readme).toBe(
    '---\nemoji: 🐳 # looks nice\nsdk: docker\n---\n',
  );
});

test('a null takes a key away', () => {
  expect(lay('---\ntitle: A\nsdk: docker\n---\nbody', { title: null })).toEqual({
    readme: '---\nsdk: docker\n---\n\nbody',
    keys: { sdk: 'docker' },
    changed: true,
  });
});

test('the last layer is on top, also of a null', () => {
  expect(lay('', { title: 'A' }, { title: null }, { sdk: 'static', title: 'B' }).readme).toBe(
    '---\nsdk: static\ntitle: B\n---\n',
  );
});

test.each([
  ['no README', '', '---\ntitle: A\n---\n'],
  ['a README without front matter', '# Hello\n', '---\ntitle: A\n---\n\n# Hello\n'],
  ['one that begins with a blank line', '\n# Hello\n', '---\ntitle: A\n---\n\n# Hello\n'],
  ['one with empty front matter', '---\n---\n# Hello\n', '---\ntitle: A\n---\n\n# Hello\n'],
])('%s gets front matter', (_, readme, expected) => {
  expect(lay(readme, { title: 'A' })).toEqual({ readme: expected, keys: { title: 'A' }, changed: true });
});

test('values that YAML would take for something else are quoted, and long ones are not folded', () => {
  const long = 'word '.repeat(40).trim();
  const { readme } = lay('', { title: 'yes: no', license: 'null', sdk_version: '5.10', short_description: long });
  expect(readFrontMatter(readme).keys).toEqual({
    title: 'yes: no',
    license: 'null',
    sdk_version: '5.10',
    short_description: long,
  });
  expect(readme.split('\n')).toHaveLength(7);
});

test('names that every object has are keys like any other', () => {
  const layer = JSON.parse('{"constructor": "a", "__proto__": {"x": 1}}');
  const { readme, keys, changed } = lay('', layer);
  expect([readme, JSON.stringify(keys), changed]).toEqual([
    '---\nconstructor: a\n__proto__:\n  x: 1\n---\n',
    '{"constructor":"a","__proto__":{"x":1}}',
    true,
  ]);
  expect(lay(readme, layer).changed).toBe(false);
});
