import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkContent, type Proof, proofOf } from '../../../src/health/static-content.ts';
import type { CommitStep } from '../../../src/plan/plan.ts';
import type { DeployFile } from '../../../src/source/source.ts';
import { appAt } from '../app-at.ts';
import { memoryFile, sizedFile } from '../files.ts';

const sized = (...files: readonly (readonly [string, number])[]) => files.map(([path, size]) => sizedFile(path, size));
const changed = (...files: readonly (readonly [string, number])[]) =>
  sized(...files).map((file) => ({ ...file, was: 1 }));
const deleted = (...paths: readonly string[]) => paths.map((path) => ({ path, size: 1 }));
const step = (values: Partial<CommitStep>): CommitStep => ({
  kind: 'commit',
  added: [],
  changed: [],
  deleted: [],
  reason: '',
  ...values,
});

test.each<[string, CommitStep | undefined, readonly DeployFile[], string]>([
  [
    'the smallest that changed',
    step({ added: sized(['a.js', 9]), changed: changed(['b.css', 5]), deleted: deleted('x') }),
    sized(['tiny.txt', 1]),
    'serves b.css',
  ],
  [
    'a page only when there is nothing else',
    step({ added: sized(['index.html', 1], ['app.js', 900]) }),
    [],
    'serves app.js',
  ],
  [
    'the smallest page',
    step({ changed: changed(['index.html', 9], ['about.HTM', 5]) }),
    sized(['a.js', 1]),
    'serves about.HTM',
  ],
  [
    'not what is not served, or is empty',
    step({ added: sized(['README.md', 1], ['.hidden', 1], ['a/.b/c', 1], ['empty', 0], ['docs/README.md', 7]) }),
    [],
    'serves docs/README.md',
  ],
  [
    'nothing, when all that changed is too large',
    step({ added: sized(['big.bin', 16 * 1024 * 1024 + 1]) }),
    sized(['a.js', 1]),
    'nothing',
  ],
  [
    'what is gone, after mere deletions',
    step({ changed: changed(['README.md', 1]), deleted: deleted('.hidden', 'old.js') }),
    sized(['a.js', 1]),
    'gone old.js',
  ],
  [
    'any file, when nothing that is served changed',
    step({ changed: changed(['README.md', 1]), deleted: deleted('.x') }),
    sized(['README.md', 1], ['app.js', 3]),
    'serves app.js',
  ],
  ['any file, when nothing changed', undefined, sized(['b.js', 2], ['a.js', 3]), 'serves b.js'],
  ['nothing, when there is nothing', undefined, sized(['.x', 1]), 'nothing'],
])('the proof is %s', (_, commit, all, expected) => {
  const proof = proofOf(commit, all);
  expect(
    proof === undefined ? 'nothing' : `${proof.kind} ${proof.kind === 'gone' ? proof.path : proof.file.path}`,
  ).toBe(expected);
});

const SCRIPT = '<script>window.huggingface={"variables":{"A":"b"}};</script>';
const PAGE = '<!doctype html><html><head><script src="a.js"></script></head><body><p>Hello</p></body></html>';
const inHead = PAGE.replace('<head>', `<head>${SCRIPT}`);

const served = new Map<string, { readonly status?: number; readonly body: string | Uint8Array }>();
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.url} ${request.headers['x-hf-authorization']} ${request.headers.authorization}`);
  const answer = served.get(decodeURIComponent(request.url ?? ''));
  if (answer === undefined) return void request.socket.destroy();
  response.writeHead(answer.status ?? 200).end(answer.body);
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const lacks = (proof: Proof, token?: string) => checkContent(appAt(url, { token }), proof);
const lacksFile = (path: string, ours: string, token?: string) =>
  lacks({ kind: 'serves', file: memoryFile(path, ours) }, token);
const notYet = (path: string) => `does not serve ${JSON.stringify(path)} as it was deployed yet`;

test.each<[string, string, string, string | Uint8Array, boolean]>([
  ['the same file', 'a.js', 'x=1', 'x=1', true],
  ['another file', 'a.js', 'x=1', 'x=2', false],
  ['a longer file', 'a.js', 'x=1', 'x=1;', false],
  ['other bytes that read the same', 'a.js', '\ufffd', Buffer.from([0xff]), false],
  ['the same page', 'index.html', PAGE, PAGE, true],
  ['a page with the variables in its head', 'index.html', PAGE, inHead, true],
  ['a page without a head, with the variables before it', 'index.html', '<p>Hi</p>', `${SCRIPT}<p>Hi</p>`, true],
  ['a page with the variables after it', 'index.htm', '<p>Hi</p>', `<p>Hi</p>${SCRIPT}`, true],
  ['a changed page', 'index.html', PAGE, PAGE.replace('Hello', 'Bye'), false],
  ['a changed page with the variables in it', 'index.html', PAGE, inHead.replace('Hello', 'Bye'), false],
  ['an old page that had one paragraph more', 'index.html', PAGE, PAGE.replace('</p>', '</p><p>More</p>'), false],
  [
    'an old page that had one paragraph more, with the variables',
    'index.html',
    PAGE,
    inHead.replace('</p>', '</p><p>More</p>'),
    false,
  ],
  ['an old page that had less', 'index.html', PAGE, PAGE.replace('<p>Hello</p>', ''), false],
  ['nothing', 'index.html', PAGE, '', false],
])('%s', async (_, path, ours, body, expected) => {
  served.clear();
  served.set(`/${path}`, { body });
  expect(await lacksFile(path, ours)).toBe(expected ? undefined : notYet(path));
});

test('an error with the right words is no proof', async () => {
  served.set('/a.js', { status: 404, body: 'x' });
  expect(await lacksFile('a.js', 'x')).toBe(notYet('a.js'));
});

test('a connection that breaks is no proof', async () => {
  served.clear();
  expect([await lacksFile('a.js', 'x'), await lacks({ kind: 'gone', path: 'a.js' })]).toEqual([
    'did not answer for "a.js"',
    'did not answer for "a.js"',
  ]);
});

test.each([
  [404, undefined],
  [200, 'still serves "old.js"'],
  [503, 'still serves "old.js"'],
])('a file that is to be gone answers %d', async (status, expected) => {
  served.set('/old.js', { status, body: '' });
  expect(await lacks({ kind: 'gone', path: 'old.js' })).toBe(expected);
});

test('a file is asked for by its path, with the token of a private Space for the proxy only', async () => {
  served.set('/ü b/#?.txt', { body: 'x' });
  seen.length = 0;
  expect(await lacksFile('ü b/#?.txt', 'x', 'hf_t')).toBe(undefined);
  expect(seen).toEqual(['/%C3%BC%20b/%23%3F.txt Bearer hf_t undefined']);
});

test('a job that was cancelled ends it', async () => {
  const stop = AbortSignal.abort(new Error('cancelled'));
  const proof: Proof = { kind: 'gone', path: 'a' };
  await expect(checkContent(appAt(url, { signal: stop }), proof)).rejects.toThrow('cancelled');
});
