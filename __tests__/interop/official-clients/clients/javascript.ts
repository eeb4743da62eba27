import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createBranch,
  createRepo,
  deleteBranch,
  deleteFiles,
  deleteRepo,
  downloadFile,
  listCommits,
  listFiles,
  type SpaceSdk,
  spaceInfo,
  uploadFiles,
  whoAmI,
} from '@huggingface/hub';
import { pathsBelow } from '../support/folder.ts';
import type { Access, Client } from './client.ts';

/** `@huggingface/hub`, which has neither settings nor verbs of the runtime. */
export function javascriptClient({ hubUrl, token }: Access): Client {
  const hub = { hubUrl, accessToken: token };
  const on = (id: string) => ({ ...hub, repo: `spaces/${id}` as const });
  return {
    name: '@huggingface/hub',
    slug: 'javascript',
    commitsUnchanged: true,
    close: async () => {},
    whoAmI: async () => (await whoAmI(hub)).name,
    createSpace: async (id, sdk) => {
      await createRepo({ ...on(id), sdk: sdk as SpaceSdk });
    },
    deleteSpace: (id) => deleteRepo(on(id)),
    async upload(id, directory, branch = 'main') {
      const files = pathsBelow(directory).map((path) => ({ path, content: pathToFileURL(join(directory, path)) }));
      await uploadFiles({ ...on(id), files, branch });
    },
    async list(id, revision = 'main') {
      const items = await collected(listFiles({ ...on(id), recursive: true, revision }));
      return items.flatMap(({ type, path }) => (type === 'file' ? [path] : [])).sort();
    },
    async download(id, directory, revision = 'main') {
      for (const { type, path, size } of await collected(listFiles({ ...on(id), recursive: true, revision }))) {
        if (type !== 'file') continue;
        // downloadFile asks for the first byte (2.17.5), which an empty file does not have: 416.
        const blob = size === 0 ? new Blob([]) : await downloadFile({ ...on(id), path, revision });
        if (blob === null) throw new Error(`${path} is listed and not there`);
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), blob.stream());
      }
    },
    deleteFiles: async (id, paths) => {
      await deleteFiles({ ...on(id), paths: [...paths] });
    },
    commits: async (id) => (await collected(listCommits(on(id)))).map(({ oid }) => oid),
    createBranch: (id, branch) => createBranch({ ...on(id), branch }),
    deleteBranch: (id, branch) => deleteBranch({ ...on(id), branch }),
    stage: async (id) => (await spaceInfo({ ...hub, name: id, additionalFields: ['runtime'] })).runtime?.stage ?? '',
  };
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
