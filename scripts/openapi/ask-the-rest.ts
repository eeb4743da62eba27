const id = 'me/rest';
const base = `/api/spaces/${id}`;
const description = 'A body\n\nCo-authored-by: Ada <ada@example.org>';
const commit = [
  { key: 'header', value: { summary: 'Add', description } },
  { key: 'file', value: { path: 'dir/a.txt', content: 'a' } },
];

type Call = readonly [method: string, path: string, body?: unknown];

/** Calls of every other route that the local Hub models and the OpenAPI describes: the action does not send them. */
const CALLS: readonly Call[] = [
  ['POST', '/api/repos/create', { type: 'space', name: 'rest', sdk: 'gradio', license: 'mit' }],
  ['GET', '/api/whoami-v2'],
  ['POST', `${base}/commit/main`, commit],
  ['POST', `${base}/commit/main?create_pr=1`, commit],
  ['POST', `${base}/preupload/main`, { files: [{ path: 'README.md', size: 1, sample: '' }] }],
  ['GET', `${base}/tree/main?recursive=true&expand=true`],
  ['GET', `${base}/tree/main/dir`],
  ['POST', `${base}/paths-info/main`, { paths: ['dir', 'README.md'], expand: true }],
  ['GET', `${base}/refs?include_prs=1`],
  ['GET', `${base}/commits/main?expand=formatted&limit=10`],
  ['GET', `${base}/compare/main..main`],
  ['GET', `${base}/treesize/main/dir`],
  ['GET', `${base}/treesize/main/`],
  ['POST', `${base}/branch/dev`, {}],
  ['POST', `${base}/branch/empty`, { emptyBranch: true }],
  ['DELETE', `${base}/branch/dev`],
  ['POST', `${base}/tag/main`, { tag: 'v1', message: 'One' }],
  ['DELETE', `${base}/tag/v1`],
  ['PUT', `${base}/settings`, { visibility: 'protected' }],
  ['POST', `${base}/secrets`, { key: 'A', value: 'a', description: 'one' }],
  ['GET', `${base}/secrets`],
  ['DELETE', `${base}/secrets`, { key: 'A' }],
  ['POST', `${base}/variables`, { key: 'A', value: 'a', description: 'one' }],
  ['GET', `${base}/variables`],
  ['DELETE', `${base}/variables`, { key: 'A' }],
  ['GET', `${base}/lfs-files?limit=1`],
  ['POST', `${base}/lfs-files/batch`, { deletions: { sha: ['0'.repeat(64)], rewriteHistory: false } }],
  // The site of the stories has a large file.
  ['GET', '/api/spaces/me/site/tree/main?expand=true'],
  ['POST', '/api/spaces/me/site/paths-info/main', { paths: 'data.bin', expand: false }],
  ['POST', `${base}/super-squash/main`, { message: 'One' }],
  ['GET', '/api/spaces/hardware'],
  ['GET', '/api/spaces/zero-gpu/quota'],
  ['POST', '/api/repos/move', { fromRepo: id, toRepo: 'me/moved', type: 'space' }],
];

/** Sends them; tells of each one that is refused. */
export async function askTheRest(hubUrl: string, say: (line: string) => void): Promise<void> {
  for (const [method, path, body] of CALLS) {
    const isLines = Array.isArray(body);
    const text = isLines ? body.map((line) => JSON.stringify(line)).join('\n') : JSON.stringify(body);
    const response = await fetch(hubUrl + path, {
      method,
      headers: {
        authorization: 'Bearer hf_me_write',
        'content-type': isLines ? 'application/x-ndjson' : 'application/json',
      },
      ...(body === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    if (!response.ok) say(`- ${method} ${path}: ${response.status} ${answer}`);
  }
}
