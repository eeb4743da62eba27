import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeDeployments, fakeDeployments, json, pageOf } from './github-deployments.ts';
import { type Received, startServer } from './server.ts';

/** A comment on a pull request, as GitHub keeps it. */
export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
  readonly author_association: string;
}

/** GitHub's API for comments and deployments of `me/repo`, and the environment of a run of one of its pull requests. */
export interface FakeGithub extends AsyncDisposable {
  readonly comments: Comment[];
  readonly deployments: Pick<FakeDeployments, 'kept' | 'add'>;
  readonly received: readonly Received[];
  /** Until it is disposed of, requests like this one (method and path) are answered so. */
  fault(route: RegExp, answer: () => Response | Promise<Response>): Disposable;
  /** What a step sees in a run of a pull request. */
  readonly env: Readonly<Record<string, string>>;
}

/** Two comments a page, so that few of them are many. */
const PER_PAGE = 2;
/** The newest commit of the pull request. */
export const HEAD = 'f'.repeat(40);
const BOT = { user: { login: 'github-actions[bot]', type: 'Bot' }, author_association: 'NONE' } as const;
const FORBIDDEN = { message: 'Resource not accessible by integration', status: '403' };

/** `mayWrite` is whether the job has `pull-requests: write` and `deployments: write`. */
export async function startGithub(pullRequest: number, mayWrite = true): Promise<FakeGithub> {
  const comments: Comment[] = [];
  const faults: [RegExp, () => Response | Promise<Response>][] = [];
  const list = `/repos/me/repo/issues/${pullRequest}/comments`;
  const deployments = fakeDeployments(() => server.url, PER_PAGE, [HEAD]);
  const server = await startServer((request) => {
    const { method, path, body, headers } = request;
    if (!/^token ghs_/.test(headers.get('authorization') ?? '')) return json(401, { message: 'Bad credentials' });
    const url = new URL(path, server.url);
    const fault = faults.find(([route]) => route.test(`${method} ${url.pathname}`));
    if (fault !== undefined) return fault[1]();
    if (method === 'GET' && url.pathname === list) return pageOf(comments, url, PER_PAGE);
    if (!mayWrite && method !== 'GET') return json(403, FORBIDDEN);
    const deployed = deployments.answer(request, url);
    if (deployed !== undefined) return deployed;
    const text = (JSON.parse(body.toString()) as { body: string }).body;
    if (method === 'POST' && url.pathname === list) {
      const made = { id: comments.length + 1, body: text, ...BOT };
      comments.push(made);
      return json(201, made);
    }
    const id = Number(/^\/repos\/me\/repo\/issues\/comments\/(\d+)$/.exec(url.pathname)?.[1]);
    const edited = method === 'PATCH' ? comments.find((comment) => comment.id === id) : undefined;
    if (edited === undefined) return json(404, { message: 'Not Found' });
    edited.body = text;
    return json(200, edited);
  });
  const place = mkdtempSync(join(tmpdir(), 'spaceport-github-'));
  const event = join(place, 'event.json');
  const head = { sha: HEAD, repo: { full_name: 'me/repo' } };
  writeFileSync(
    event,
    JSON.stringify({
      repository: { full_name: 'me/repo', private: false },
      pull_request: { number: pullRequest, head },
    }),
  );
  return {
    comments,
    deployments,
    fault(route, answer) {
      faults.unshift([route, answer]);
      return { [Symbol.dispose]: () => void faults.shift() };
    },
    received: server.received,
    env: {
      GITHUB_API_URL: server.url,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: 'me/repo',
      GITHUB_RUN_ID: '100',
    },
    async [Symbol.asyncDispose]() {
      rmSync(place, { recursive: true, force: true });
      await server[Symbol.asyncDispose]();
    },
  };
}
