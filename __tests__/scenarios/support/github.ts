import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Received, startServer } from './server.ts';

/** A comment on a pull request, as GitHub keeps it. */
export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
  readonly author_association: string;
}

/** GitHub's API for the comments on the pull requests of `me/repo`, and the environment of a run of one of them. */
export interface FakeGithub extends AsyncDisposable {
  readonly comments: Comment[];
  readonly received: readonly Received[];
  /** What a step sees in a run of a pull request. */
  readonly env: Readonly<Record<string, string>>;
}

/** Two comments a page, so that few of them are many. */
const PER_PAGE = 2;
const BOT = { user: { login: 'github-actions[bot]', type: 'Bot' }, author_association: 'NONE' } as const;
const FORBIDDEN = { message: 'Resource not accessible by integration', status: '403' };

/** `mayWrite` is whether the job has `pull-requests: write`. */
export async function startGithub(pullRequest: number, mayWrite = true): Promise<FakeGithub> {
  const comments: Comment[] = [];
  const list = `/repos/me/repo/issues/${pullRequest}/comments`;
  const server = await startServer(({ method, path, body, headers }) => {
    if (!/^token ghs_/.test(headers.get('authorization') ?? '')) return json(401, { message: 'Bad credentials' });
    const url = new URL(path, 'http://github');
    if (method === 'GET' && url.pathname === list) {
      const page = Number(url.searchParams.get('page') ?? 1);
      const shown = comments.slice((page - 1) * PER_PAGE, page * PER_PAGE);
      const next = page * PER_PAGE < comments.length ? `<${server.url}${list}?page=${page + 1}>; rel="next"` : '';
      return json(200, shown, next === '' ? {} : { link: next });
    }
    if (!mayWrite) return json(403, FORBIDDEN);
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
  const head = { sha: 'f'.repeat(40), repo: { full_name: 'me/repo' } };
  writeFileSync(
    event,
    JSON.stringify({
      repository: { full_name: 'me/repo', private: false },
      pull_request: { number: pullRequest, head },
    }),
  );
  return {
    comments,
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

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(value, { status, headers });
}
