import type { getOctokit } from '@actions/github';
import type { Received } from './server.ts';

type Repos = ReturnType<typeof getOctokit>['rest']['repos'];
/** What GitHub documents that it answers (https://docs.github.com/en/rest/deployments). */
type Deployment = Awaited<ReturnType<Repos['listDeployments']>>['data'][number];
type Status = Awaited<ReturnType<Repos['createDeploymentStatus']>>['data'];

/** A deployment with its statuses, the oldest first. */
export interface KeptDeployment {
  readonly deployment: Deployment;
  readonly statuses: Status[];
}

/** GitHub's deployments of `me/repo`: what it keeps, and what it answers; undefined for other routes. */
export interface FakeDeployments {
  readonly kept: KeptDeployment[];
  answer(request: Received, url: URL): Response | undefined;
  /** One that another client made, in these states. */
  add(fields: Readonly<Record<string, unknown>>, states?: readonly Status['state'][]): KeptDeployment;
}

const STATES: readonly string[] = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'];
const CREATE = {
  ref: 'string',
  task: 'string',
  auto_merge: 'boolean',
  required_contexts: 'object',
  payload: 'object',
  environment: 'string',
  description: 'string',
  transient_environment: 'boolean',
  production_environment: 'boolean',
};
const STATUS = {
  state: 'string',
  target_url: 'string',
  log_url: 'string',
  description: 'string',
  environment: 'string',
  environment_url: 'string',
  auto_inactive: 'boolean',
};

type Body = Readonly<Record<string, unknown>>;

/** `heads` are the commits that the repository has; each has a check that is not done, that of the very job. */
export function fakeDeployments(base: () => string, perPage: number, heads: readonly string[]): FakeDeployments {
  const kept: KeptDeployment[] = [];
  const repository = () => `${base()}/repos/me/repo`;

  const add = (fields: Body, states: readonly Status['state'][] = []) => {
    const made = { deployment: newDeployment(repository(), kept.length + 1, fields), statuses: [] };
    kept.push(made);
    for (const state of states) addStatus(made, { state });
    return made;
  };
  const addStatus = (on: KeptDeployment, body: Body): Status => {
    const status = newStatus(repository(), on, body);
    on.statuses.push(status);
    if (status.state === 'success' && body['auto_inactive'] !== false) retire(kept, on, addStatus);
    return status;
  };
  const create = (body: Body): Response => {
    if (!heads.includes(String(body['ref']))) return json(422, { message: `No ref found for: ${body['ref']}` });
    if (body['auto_merge'] !== false)
      return json(202, { message: 'Auto-merged main into topic-branch on deployment.' });
    const contexts = body['required_contexts'];
    if (!Array.isArray(contexts) || contexts.length > 0) {
      return json(409, { message: 'Conflict: Commit status checks failed for topic-branch.' });
    }
    return json(201, add(body).deployment);
  };
  const list = (url: URL): Response => {
    const asked = (name: 'environment' | 'sha' | 'ref' | 'task') => url.searchParams.get(name);
    const found = kept
      .map(({ deployment }) => deployment)
      .filter((each) =>
        (['environment', 'sha', 'ref', 'task'] as const).every((name) => [null, each[name]].includes(asked(name))),
      );
    return pageOf(found.reverse(), url, perPage);
  };

  return {
    kept,
    add,
    answer({ method, body }, url) {
      const place = /^\/repos\/me\/repo\/deployments(?:\/(\d+)\/statuses)?$/.exec(url.pathname);
      if (place === null) return undefined;
      const given = method === 'POST' ? (JSON.parse(body.toString()) as Body) : {};
      if (place[1] === undefined) {
        return method === 'POST' ? (problem(given, CREATE, ['ref']) ?? create(given)) : list(url);
      }
      const on = kept[Number(place[1]) - 1];
      if (on === undefined) return json(404, { message: 'Not Found' });
      if (method === 'GET') return pageOf(on.statuses.toReversed(), url, perPage);
      return problem(given, STATUS, ['state']) ?? json(201, addStatus(on, given));
    },
  };
}

/** As GitHub does with `auto_inactive`: all that are older, succeeded, and of the same environment that is there to stay. */
function retire(
  kept: readonly KeptDeployment[],
  by: KeptDeployment,
  addStatus: (on: KeptDeployment, body: Body) => void,
): void {
  for (const each of kept.slice(0, kept.indexOf(by))) {
    const { environment, transient_environment, production_environment } = each.deployment;
    if (environment !== by.deployment.environment || transient_environment || production_environment) continue;
    if (each.statuses.at(-1)?.state === 'success') addStatus(each, { state: 'inactive' });
  }
}

function newDeployment(repository: string, id: number, fields: Body): Deployment {
  const url = `${repository}/deployments/${id}`;
  const environment = String(fields['environment'] ?? 'production');
  return {
    url,
    id,
    node_id: `DE_${id}`,
    sha: String(fields['ref']),
    ref: String(fields['ref']),
    task: String(fields['task'] ?? 'deploy'),
    payload: (fields['payload'] ?? {}) as Record<string, unknown>,
    original_environment: environment,
    environment,
    description: (fields['description'] as string | undefined) ?? null,
    creator: null,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    statuses_url: `${url}/statuses`,
    repository_url: repository,
    transient_environment: fields['transient_environment'] === true,
    production_environment: (fields['production_environment'] as boolean | undefined) ?? environment === 'production',
    performed_via_github_app: null,
  };
}

function newStatus(repository: string, { deployment, statuses }: KeptDeployment, body: Body): Status {
  const text = (name: string) => String(body[name] ?? '');
  return {
    url: `${deployment.url}/statuses/${statuses.length + 1}`,
    id: deployment.id * 1000 + statuses.length + 1,
    node_id: `DES_${deployment.id}_${statuses.length + 1}`,
    state: body['state'] as Status['state'],
    creator: null,
    description: text('description'),
    environment: deployment.environment,
    target_url: text('log_url'),
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    deployment_url: deployment.url,
    repository_url: repository,
    environment_url: text('environment_url'),
    log_url: text('log_url'),
    performed_via_github_app: null,
  };
}

/** GitHub's 422 for a body that is not as documented. */
function problem(
  body: Body,
  fields: Readonly<Record<string, string>>,
  required: readonly string[],
): Response | undefined {
  const wrong = [
    ...required.filter((name) => body[name] === undefined).map((name) => `${name} is missing`),
    ...Object.entries(body).flatMap(([name, value]) => (typeof value === fields[name] ? [] : [`${name} is not valid`])),
    ...('state' in fields && !STATES.includes(String(body['state'])) ? ['state is none of the list'] : []),
    ...('state' in fields && String(body['description'] ?? '').length > 140 ? ['description is too long'] : []),
    ...['log_url', 'environment_url'].filter((name) => body[name] && !/^https?:/.test(String(body[name]))),
  ];
  return wrong.length === 0 ? undefined : json(422, { message: 'Validation Failed', errors: wrong });
}

/** A page of a list, with a link to the next one; fewer at once than GitHub gives, so that few are many. */
export function pageOf(all: readonly unknown[], url: URL, most: number): Response {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), most);
  const page = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  const headers: Record<string, string> = page * size < all.length ? { link: `<${next}>; rel="next"` } : {};
  return json(200, all.slice((page - 1) * size, page * size), headers);
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(value, { status, headers });
}
