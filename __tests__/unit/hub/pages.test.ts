import { expect, test } from '@jest/globals';
import { allCommits, listTree } from '../../../src/hub/history.ts';
import type { Session } from '../../../src/hub/hub.ts';
import { listLargeObjects } from '../../../src/hub/large-objects.ts';
import { fakeHub } from './fake-hub.ts';

const ID = 'acme/app';
const COMMIT = 'c'.repeat(40);
const API = `https://hub.example/api/spaces/${ID}`;

/** A page of a list; only path and query of its `Link` count, whatever host that names. */
const page = (items: readonly object[], next?: string) => ({
  status: 200,
  body: JSON.stringify(items),
  headers:
    next === undefined
      ? {}
      : { link: `<https://other.example/first>; rel="first", <https://other.example${next}>; rel="next"` },
});

test.each<[string, (session: Session) => Promise<unknown>, object[], string, unknown]>([
  [
    'large files',
    (session) => listLargeObjects(session, ID),
    ['a', 'b'].map((oid) => ({ oid, fileOid: `file ${oid}`, size: 3 })),
    `${API}/lfs-files`,
    ['a', 'b'].map((oid) => ({ oid, fileOid: `file ${oid}`, size: 3 })),
  ],
  [
    'commits',
    async (session) => (await allCommits(session, ID)).map(({ id }) => id),
    [{ id: 'newest' }, { id: 'first' }],
    `${API}/commits/main?limit=1000`,
    ['newest', 'first'],
  ],
])('all pages of %s are read', async (_what, list, [one = {}, other = {}], first, expected) => {
  const next = '/api/the/next?cursor=1';
  const { session, heard } = fakeHub(page([one], next), page([other]));
  expect(await list(session)).toEqual(expected);
  expect(heard.map(({ url }) => url)).toEqual([first, `https://hub.example${next}`]);
});

test('all pages of a tree are read, where the Space does not tell all of its files at once', async () => {
  const file = (path: string) => ({ type: 'file', path, oid: path, size: 1 });
  const { session, heard } = fakeHub(
    { status: 200, body: '{}' },
    page([file('a')], '/api/the/next?cursor=1'),
    page([file('b')]),
  );
  expect([...(await listTree(session, ID, COMMIT)).keys()]).toEqual(['a', 'b']);
  expect(heard).toHaveLength(3);
});
