import { expect, test } from '@jest/globals';
import { Response } from 'undici';
import type { Session } from '../../../src/hub/hub.ts';
import { readOldObjects } from '../../../src/space/read-old-objects.ts';
import { fakeHub } from '../hub/fake-hub.ts';

const SPACE = { id: 'me/app', runtime: { stage: 'RUNNING', sha: 'running' }, trailers: { previousCommit: 'previous' } };
const KINDS = ['branches', 'converts', 'tags', 'pullRequests'];
const NO_REFS: Readonly<Record<string, unknown>> = Object.fromEntries(KINDS.map((kind) => [kind, []]));
const ref = (name: string) => ({ name, ref: `refs/heads/${name}`, targetCommit: name });

interface Hub {
  readonly objects?: readonly object[];
  readonly refs?: unknown;
  /** The large file of each commit; a commit that is missing here is 404. */
  readonly trees?: Readonly<Record<string, string>>;
}

const TREES = { newest: 'new', second: 'second', running: 'run', previous: 'before' };
const object = (oid: string, more: object = {}) => ({ oid, fileOid: oid, size: 3, ...more });

/** A Hub with these large files, and what was asked of it. */
function hubWith({ objects = [object('old')], refs = NO_REFS, trees = TREES }: Hub) {
  const asked: string[] = [];
  const fetch: Session['fetch'] = async (input) => {
    const path = String(input).slice('https://hub.example/api/spaces/me/app/'.length);
    asked.push(path);
    const answer = (value: unknown) => new Response(JSON.stringify(value));
    if (path === 'lfs-files') return answer(objects);
    if (path === 'commits/main?limit=2') return answer([{ id: 'newest' }, { id: 'second' }]);
    if (path === 'refs?include_prs=1') return refs === 404 ? new Response('Not Found', { status: 404 }) : answer(refs);
    const commit = /^revision\/(\w+)\?blobs=true$/.exec(path)?.[1] ?? '';
    const sha256 = trees[commit as keyof typeof TREES];
    if (sha256 === undefined) return new Response('Not Found', { status: 404 });
    const siblings = [{ rfilename: 'model.bin', blobId: 'pointer', size: 3, lfs: { sha256 } }];
    return answer({ sha: commit, siblings });
  };
  const session: Session = { ...fakeHub().session, fetch };
  return { session, asked };
}

async function read(hub: Hub) {
  const { objects, warnings } = await readOldObjects(hubWith(hub).session, SPACE);
  return { old: objects.map(({ fileOid }) => fileOid), warnings };
}

test('old are those that no kept commit has, whatever the Hub calls them', async () => {
  const objects = ['new', 'second', 'run', 'before', 'old'].map((oid) => object(oid, { ref: 'main' }));
  const others = [object('file of new', { oid: 'new' }), object('new', { oid: 'sha of new' }), object('no ref')];
  expect(await read({ objects: [...objects, ...others] })).toEqual({ old: ['old', 'no ref'], warnings: [] });
});

test.each(KINDS)('what the tree of one of the %s names is kept, also when it was pushed to main', async (kind) => {
  const objects = [object('old', { ref: 'main' }), object('other', { ref: 'refs/heads/main', filename: 'x' })];
  const refs = { ...NO_REFS, branches: [ref('newest')], [kind]: [ref('newest'), ref('side')] };
  expect(await read({ objects, refs, trees: { ...TREES, side: 'old' } })).toEqual({ old: ['other'], warnings: [] });
});

test.each(['dev', 'refs/pr/1', 'v1'])('what was pushed to %s is kept, also when nothing names it', async (pushedTo) => {
  expect(await read({ objects: [object('old', { ref: pushedTo })] })).toEqual({ old: [], warnings: [] });
});

const UNCERTAIN =
  'No old large file is deleted: what the commits, branches, tags and pull requests of the Space still use could not be read.';
const INCOMPLETE =
  'The Hub does not name all branches, tags and pull requests of me/app. (GET /api/spaces/me/app/refs)';

test.each<[string, Hub, string]>([
  [
    'refs cannot be read',
    { refs: 404 },
    'The Hub refused to list the branches, tags and pull requests of me/app: Not Found (GET /api/spaces/me/app/refs answered 404)',
  ],
  ['refs are not an object', { refs: [] }, INCOMPLETE],
  ['pull requests are left out', { refs: { ...NO_REFS, pullRequests: undefined } }, INCOMPLETE],
  ['a tag names no commit', { refs: { ...NO_REFS, tags: [{ name: 'v1', ref: 'refs/tags/v1' }] } }, INCOMPLETE],
  [
    'the tree of a branch cannot be read',
    { refs: { ...NO_REFS, branches: [ref('gone')] } },
    'The Hub refused to list the files of me/app: Not Found (GET /api/spaces/me/app/revision/gone answered 404)',
  ],
  [
    'the previous version cannot be read',
    { trees: { ...TREES, previous: undefined as unknown as string } },
    'The Hub refused to list the files of me/app: Not Found (GET /api/spaces/me/app/revision/previous answered 404)',
  ],
])('%s: nothing is old', async (_what, hub, why) => {
  expect(await read(hub)).toEqual({ old: [], warnings: [`${UNCERTAIN} ${why}`] });
});

test('each commit is read once, and none where no file could be old', async () => {
  const refs = {
    ...NO_REFS,
    branches: [ref('newest')],
    tags: [ref('running'), ref('side')],
    pullRequests: [ref('side')],
  };
  const some = hubWith({ refs, trees: { ...TREES, side: 'x' } as typeof TREES });
  const none = hubWith({ refs, objects: [object('old', { ref: 'dev' })] });
  await Promise.all([some, none].map(({ session }) => readOldObjects(session, SPACE)));
  const trees = ['newest', 'second', 'running', 'previous', 'side'].map((commit) => `revision/${commit}?blobs=true`);
  expect(some.asked.filter((path) => path.startsWith('revision'))).toEqual(expect.arrayContaining(trees));
  expect([some.asked.length, none.asked.length]).toEqual([3 + trees.length, 3]);
});
