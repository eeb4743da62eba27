import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiHub, commitLines, startApiHub } from '../api-hub.ts';

/** What the official clients' own suites expect of the Hub, and siblings of it. */

let api: ApiHub;
beforeEach(async () => {
  api ??= await startApiHub();
  await api.hub.reset();
  await api.create('me/app');
});
afterAll(() => api.hub.close());

const space = '/api/spaces/me/app';
const post = (path: string, json: unknown, token = 'hf_me_write') => api.send('POST', space + path, { json, token });
const outcome = async (sent: Promise<{ status: number; headers: Headers; json: unknown }>) => {
  const { status, headers, json } = await sent;
  return [status, headers.get('x-error-code'), (json as { error?: string } | undefined)?.error];
};

describe('deletions', () => {
  const commit = (...operations: object[]) =>
    api.send('POST', `${space}/commit/main`, {
      lines: [{ key: 'header', value: { summary: 'Delete' } }, ...operations],
    });
  const left = async () => Object.keys((await api.hub.space('me/app')?.files()) ?? {});

  test.each(['deletedFolder', 'deletedFile', 'deletedEntry'])(
    '%s of a folder, with a slash or without',
    async (key) => {
      for (const path of ['dir', 'dir/']) {
        await api.commit('me/app', { 'dir/deep/a.txt': 'a', 'dir/b.txt': 'b', 'directory.txt': 'c' });
        expect((await commit({ key, value: { path } })).status).toBe(200);
        expect(await left()).toEqual(['.gitattributes', 'README.md', 'directory.txt']);
      }
    },
  );

  test('a file is no folder, and what is absent is no entry', async () => {
    await api.commit('me/app', { 'a.txt': 'a' });
    for (const path of ['a.txt/', 'none', 'none/']) {
      const [status, code] = await outcome(commit({ key: 'deletedFolder', value: { path } }));
      expect([status, code]).toEqual([404, 'EntryNotFound']);
    }
    expect(await left()).toEqual(['.gitattributes', 'README.md', 'a.txt']);
  });
});

test('a path may hold a backslash, but not begin with ..\\', async () => {
  const answers = ['..\\up.txt', 'dir/..\\up.txt', 'a\\b.txt'].map((path) =>
    api.send('POST', `${space}/commit/main`, { lines: commitLines({ [path]: 'text' }) }),
  );
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([422, 200, 200]);
  expect(Object.keys((await api.hub.space('me/app')?.files()) ?? {})).toEqual([
    '.gitattributes',
    'README.md',
    'a\\b.txt',
    'dir/..\\up.txt',
  ]);
});

test.each([
  ['GET', '/api/spaces/app'],
  ['GET', '/api/spaces/app/revision/main'],
  ['GET', '/api/spaces/app/commits/main'],
  ['GET', '/api/spaces/app/tree/main/dir'],
  ['POST', '/api/spaces/app/preupload/main'],
  ['GET', '/spaces/app/resolve/main/README.md'],
])('%s %s, an id without an owner, is missing like any other', async (method, path) => {
  expect(await outcome(api.send(method, path))).toEqual([404, 'RepoNotFound', 'Repository not found']);
  expect((await outcome(api.send(method, path, { token: null })))[0]).toBe(401);
});

test('what is no id stays what it is', async () => {
  expect((await api.send('GET', '/api/spaces/templates')).status).toBe(501);
  expect((await api.send('GET', '/api/spaces/hardware')).status).toBe(200);
  const quota = await Promise.all(
    ['hf_me_write', 'hf_free_write', null].map((token) => api.send('GET', '/api/spaces/zero-gpu/quota', { token })),
  );
  expect(quota.map(({ status, json }) => [status, (json as { base?: number }).base])).toEqual([
    [200, 1500],
    [200, 300],
    [401, undefined],
  ]);
});

test('an unknown name in expand is refused, with all that are known', async () => {
  const fields =
    'author, cardData, createdAt, datasets, disabled, lastModified, likes, models, private, region, resourceGroup, ' +
    'runtime, sdk, sha, siblings, subdomain, tags, trendingScore, usedStorage';
  const refused = [400, null, `"expand" must be one of [${fields}]`];
  for (const query of ['expand=foo', 'expand[]=foo', 'expand=sdk&expand=foo']) {
    expect(await outcome(api.send('GET', `${space}?${query}`))).toEqual(refused);
    expect(await outcome(api.send('GET', `${space}/revision/main?${query}`))).toEqual(refused);
  }
  expect(await outcome(api.send('GET', `${space}/commits/main?expand=foo`))).toEqual([
    400,
    null,
    '"expand" must be one of [formatted]',
  ]);
});

describe('references', () => {
  test('a tag looks at the revision first, then at the name', async () => {
    expect((await outcome(post('/tag/none', { tag: 'a bad name' })))[1]).toBe('RevisionNotFound');
    expect((await outcome(post('/tag/none', { tag: 'v1' })))[1]).toBe('RevisionNotFound');
    expect((await post('/tag/main', { tag: 'a bad name' })).status).toBe(400);
    const head = (await api.hub.space('me/app')?.head()) ?? '';
    expect((await post(`/tag/${head.slice(0, 7)}`, { tag: 'v1' })).status).toBe(200);
    expect((await post('/tag/main', { tag: 'v1' })).status).toBe(409);
  });

  test('an empty branch has no files, also in place of another one', async () => {
    const branch = (name: string, json: object) => post(`/branch/${name}`, json);
    expect((await branch('new', { emptyBranch: true })).status).toBe(200);
    expect((await branch('old', {})).status).toBe(200);
    expect((await branch('old', { emptyBranch: true })).status).toBe(409);
    expect((await branch('old', { emptyBranch: true, overwrite: true })).status).toBe(200);
    for (const name of ['new', 'old']) expect((await api.send('GET', `${space}/tree/${name}`)).json).toEqual([]);
    expect((await api.send('GET', `${space}/tree/main`)).json).toHaveLength(2);
  });

  test('a squash answers its commit, and is made of pull requests, too', async () => {
    await api.send('POST', `${space}/commit/main?create_pr=1`, { lines: commitLines({ 'a.txt': 'a' }) });
    for (const ref of ['main', 'refs%2Fpr%2F1', 'refs%2Fheads%2Fmain']) {
      const { json } = await post(`/super-squash/${ref}`, {});
      const { json: commits } = await api.send('GET', `${space}/commits/${ref}`);
      expect(commits).toMatchObject([{ id: (json as { commitId: string }).commitId }]);
    }
    expect((await outcome(post('/super-squash/none', {})))[1]).toBe('RevisionNotFound');
  });

  test('a pull request starts from a branch, and from nothing else', async () => {
    await post('/tag/main', { tag: 'v1' });
    const head = await api.hub.space('me/app')?.head();
    for (const [rev, status] of Object.entries({ main: 200, HEAD: 200, [String(head)]: 404, v1: 404, none: 404 })) {
      const lines = commitLines({ 'a.txt': 'a' });
      expect([rev, (await api.send('POST', `${space}/commit/${rev}?create_pr=1`, { lines })).status]).toEqual([
        rev,
        status,
      ]);
    }
  });
});

test('a commit is listed with all that follows its title, and with its other authors', async () => {
  const description =
    'Why\n\n  and how\n\nCo-authored-by: Ada L <ada@users.noreply.huggingface.co>\nCo-authored-by: Bob <b@x.org>';
  const lines = commitLines({ 'a.txt': 'a' }, { description });
  await api.send('POST', `${space}/commit/main`, { lines });
  expect((await api.send('GET', `${space}/commits/main`)).json).toMatchObject([
    {
      title: 'a commit',
      message: '\n\nWhy\n\n  and how\n\n',
      authors: [{ user: 'me' }, { user: 'ada' }, { user: 'Bob' }],
    },
    { title: 'initial commit', message: '', authors: [{ user: 'me' }] },
  ]);
});

test('the license of a new Space goes into its README; an unknown one is refused', async () => {
  const create = (name: string, more: object) =>
    api.send('POST', '/api/repos/create', { json: { type: 'space', sdk: 'static', name, ...more } });
  const link = 'https://example.org/license';
  await create('licensed', { license: 'other', license_name: 'ours', license_link: link });
  expect((await api.send('GET', '/api/spaces/me/licensed?expand=cardData')).json).toMatchObject({
    cardData: { license: 'other', license_name: 'ours', license_link: link },
  });
  const [status, , error] = await outcome(create('refused', { license: 'mine' }));
  expect([status, error]).toEqual([
    400,
    expect.stringMatching(/^"license" must be one of \[apache-2\.0, mit, .*, other\]$/),
  ]);
});

test.each([
  ['datasets: one', 200],
  ['datasets: [one, two]', 200],
  ['datasets: 1', 400],
  ['models: one', 400],
  ['license: mit', 200],
  ['license: [mit, apache-2.0]', 200],
  ['license: mine', 400],
  ['license: [mit, mine]', 400],
])('validate-yaml of "%s" answers %i', async (line, status) => {
  const json = { repoType: 'space', content: `---\nsdk: static\n${line}\n---\n` };
  expect((await api.send('POST', '/api/validate-yaml', { json })).status).toBe(status);
});

test.each(['title: !mine A', 'title: !!js/function A', 'title: !u!x A'])(
  'validate-yaml of "%s" names the tag that it does not know',
  async (line) => {
    const json = { repoType: 'space', content: `---\nsdk: static\n${line}\n---\n` };
    const { status, json: answer } = await api.send('POST', '/api/validate-yaml', { json });
    expect([status, answer]).toEqual([
      400,
      { errors: [{ message: expect.stringMatching(/^(Unresolved|Could not resolve) tag: /) }], warnings: [] },
    ]);
  },
);

test('whoami shows a picture and the role in each organization', async () => {
  const { json } = await api.send('GET', '/api/whoami-v2');
  const avatar = expect.stringMatching(/^http:.*\.svg$/);
  const id = expect.stringMatching(/^[0-9a-f]{24}$/);
  expect((json as { orgs: unknown }).orgs).toEqual([
    { type: 'org', id, name: 'acme', fullname: 'acme', avatarUrl: avatar, plan: 'team', roleInOrg: 'write' },
  ]);
});

describe('headers', () => {
  test('a request id comes back, also with errors; without one there is a new one', async () => {
    for (const path of [space, '/api/spaces/me/none', '/api/whoami-v2']) {
      const { headers } = await api.send('GET', path, { headers: { 'x-request-id': 'mine' } });
      expect(headers.get('x-request-id')).toBe('mine');
    }
    expect((await api.send('GET', space)).headers.get('x-request-id')).toMatch(/^Root=1-/);
  });

  test('every body has an ETag in the form of Express; secrets are not shared with pages', async () => {
    const shown = async (path: string) => {
      const { headers } = await api.send('GET', space + path);
      return ['etag', 'vary', 'access-control-allow-origin', 'cross-origin-opener-policy'].map((name) =>
        headers.get(name),
      );
    };
    const etag = expect.stringMatching(/^W\/"[0-9a-f]+-[\w+/]{27}"$/);
    expect(await shown('')).toEqual([etag, 'Origin', 'https://huggingface.co', 'same-origin']);
    expect(await shown('/auth-check')).toEqual([
      'W/"2-nOO9QiTIwXgNtWtBJezz8kv3SLc"',
      'Origin',
      'https://huggingface.co',
      'same-origin',
    ]);
    expect(await shown('/secrets')).toEqual(['W/"2-vyGp6PvFo4RvsFtPoIWeCReyIC8"', null, null, 'same-origin']);
  });

  test('only the refusal to create twice has its message in the body alone', async () => {
    const again = await api.send('POST', '/api/repos/create', { json: { type: 'space', sdk: 'docker', name: 'app' } });
    expect([again.status, again.headers.get('x-error-message')]).toEqual([409, null]);
    const taken = await post('/branch/main', {});
    expect([taken.status, taken.headers.get('x-error-message')]).toEqual([
      409,
      'Reference refs/heads/main already exists',
    ]);
  });
});

test('large files of a pull request come from everybody who may write anything', async () => {
  const object = { oid: 'a'.repeat(64), size: 1 };
  const batch = (token: string | null, more: object) =>
    api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
      json: { operation: 'upload', objects: [object], ...more },
      token,
    });
  expect((await batch('hf_free_write', {})).status).toBe(200);
  expect((await batch('hf_free_write', { ref: { name: 'main' } })).status).toBe(403);
  expect((await batch('hf_me_read', {})).status).toBe(403);
  expect((await batch(null, {})).status).toBe(401);
  const verify = (token: string) =>
    api.send('POST', '/spaces/me/app.git/info/lfs/verify', { json: object, token }).then(({ status }) => status);
  expect([await verify('hf_free_write'), await verify('hf_me_read')]).toEqual([404, 403]);
});

test('large files are listed in pages, which none is missing from when others are deleted meanwhile', async () => {
  const stored = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(store));
  const oids = stored.toSorted();
  const page = async (path: string) => {
    const { status, json, headers } = await api.send('GET', path);
    const next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    return { status, oids: (json as { oid: string }[]).map(({ oid }) => oid), next };
  };
  const first = await page(`${space}/lfs-files?limit=2`);
  expect(first.next).toMatch(new RegExp(`^${api.hub.url}${space}/lfs-files\\?limit=2&cursor=`));
  await post('/lfs-files/batch', { deletions: { sha: oids.slice(0, 1), rewriteHistory: false } });
  const second = await page(first.next?.slice(api.hub.url.length) ?? '');
  const last = await page(second.next?.slice(api.hub.url.length) ?? '');
  expect([first.oids, second.oids, last.oids, last.next]).toEqual([
    oids.slice(0, 2),
    oids.slice(2, 4),
    oids.slice(4),
    undefined,
  ]);
  const refused = ['limit=0', 'limit=1001', 'limit=x', 'cursor=nowhere'].map((query) =>
    api.send('GET', `${space}/lfs-files?${query}`),
  );
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([400, 400, 400, 400]);
});

/** Stores an object that no commit names, and gives its id. */
async function store(content: string): Promise<string> {
  const oid = createHash('sha256').update(content).digest('hex');
  const { json } = await api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
    json: { operation: 'upload', objects: [{ oid, size: content.length }] },
  });
  const [{ actions }] = (json as { objects: [{ actions: { upload: { href: string } } }] }).objects;
  await fetch(actions.upload.href, { method: 'PUT', body: content });
  return oid;
}

test('an object is listed with the branch that it was pushed to first, whatever names it later', async () => {
  const content = '*.bin filter=lfs\n';
  await api.commit('me/app', { '.gitattributes': content });
  await post('/branch/dev', {});
  const oid = await store('abc');
  const listed = async () => (await api.send('GET', `${space}/lfs-files`)).json;
  expect(await listed()).toEqual([{ fileOid: oid, oid, size: 3, pushedAt: expect.any(String) }]);
  for (const branch of ['dev', 'main']) {
    const lines = [
      { key: 'header', value: { summary: 'Add' } },
      { key: 'lfsFile', value: { path: `${branch}.bin`, algo: 'sha256', oid, size: 3 } },
    ];
    await api.send('POST', `${space}/commit/${branch}`, { lines });
    expect(await listed()).toMatchObject([{ oid, filename: 'dev.bin', ref: 'dev' }]);
  }
  await api.send('DELETE', `${space}/branch/dev`);
  expect(await listed()).toMatchObject([{ oid, filename: 'dev.bin', ref: 'dev' }]);
});
