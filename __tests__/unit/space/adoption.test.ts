import { expect, test } from '@jest/globals';
import type { Session } from '../../../src/hub/hub.ts';
import { readAdoption } from '../../../src/space/adoption.ts';
import { treeOf } from '../space-of.ts';

const file = (path: string, oid = '0') => ({ path, oid, size: 1 });
const commit = (id: string) => ({ id, title: '', message: '' });
/** With one commit alone nothing is asked of the Hub. */
const NO_HUB = {} as Session;

test.each<[string, readonly string[], readonly string[] | undefined]>([
  ['what the Hub makes', ['.gitattributes', 'README.md', 'index.html', 'style.css'], undefined],
  ['nothing', [], undefined],
  ['a template', ['.gitattributes', 'README.md', 'app.py', 'docs/README.md'], ['app.py', 'docs/README.md']],
])('in a first commit of %s', async (_, paths, files) => {
  const tree = treeOf(...paths.map((path) => file(path)));
  const found = await readAdoption(NO_HUB, 'me/app', { commits: [commit('a')], limit: 100 }, tree);
  expect(found && [found.commit, [...found.files]]).toEqual(files && ['a', files]);
});

test('where the first commit is out of reach, every file is the work of somebody', async () => {
  const tree = treeOf(file('README.md'));
  const found = await readAdoption(NO_HUB, 'me/app', { commits: [commit('b'), commit('a')], limit: 2 }, tree);
  expect(found && [found.commit, [...found.files]]).toEqual(['b', ['README.md']]);
});
