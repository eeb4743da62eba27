import { type Files, fingerprint } from './folder.ts';

const USER_AGENT = 'referee';

/** Prepares and looks with plain requests, so that no client judges itself. */
export class Referee {
  readonly #hubUrl: string;
  readonly #token: string;

  constructor(hubUrl: string, token: string) {
    this.#hubUrl = hubUrl;
    this.#token = token;
  }

  static sent({ headers }: { readonly headers: Readonly<Record<string, string>> }): boolean {
    return headers['user-agent'] === USER_AGENT;
  }

  async create(id: string, sdk: string): Promise<void> {
    const [organization, name] = id.split('/');
    await this.#json('POST', '/api/repos/create', { type: 'space', organization, name, sdk, visibility: 'public' });
  }

  async remove(id: string): Promise<void> {
    const [organization, name] = id.split('/');
    const { ok, status } = await this.#ask('DELETE', '/api/repos/delete', { type: 'space', organization, name });
    if (!ok && status !== 404) throw new Error(`${id} is still there: the Hub answered ${status} to its deletion`);
  }

  /** As somebody with the token sees it, or somebody without. */
  async status(id: string, { anonymous = false } = {}): Promise<number> {
    return (await this.#ask('GET', `/api/spaces/${id}`, undefined, anonymous)).status;
  }

  async info(id: string): Promise<{ id: string; sdk: string; sha: string; private: boolean; host: string }> {
    return this.#json('GET', `/api/spaces/${id}`);
  }

  async commit(id: string, files: Files): Promise<void> {
    const lines = [
      { key: 'header', value: { summary: 'By the referee' } },
      ...Object.entries(files).map(([path, content]) => ({
        key: 'file',
        value: { path, content: Buffer.from(content).toString('base64'), encoding: 'base64' },
      })),
    ];
    const body = lines.map((line) => JSON.stringify(line)).join('\n');
    await this.#json('POST', `/api/spaces/${id}/commit/main`, body);
  }

  /** Size and hash of every file, of the bytes that come down. */
  async files(id: string, revision = 'main'): Promise<Record<string, string>> {
    const files: Record<string, string> = {};
    for (const path of await this.paths(id, revision)) {
      const encoded = path.split('/').map(encodeURIComponent).join('/');
      const answer = await this.#ask('GET', `/spaces/${id}/resolve/${revision}/${encoded}`);
      if (!answer.ok) throw new Error(`${path} of ${id} answered ${answer.status}`);
      files[path] = fingerprint(Buffer.from(await answer.arrayBuffer()));
    }
    return files;
  }

  async paths(id: string, revision = 'main'): Promise<string[]> {
    const items: { type: string; path: string }[] = await this.#json(
      'GET',
      `/api/spaces/${id}/tree/${revision}?recursive=true`,
    );
    return items.flatMap(({ type, path }) => (type === 'file' ? [path] : [])).sort();
  }

  /** Ids, newest first. */
  async commits(id: string): Promise<string[]> {
    const commits: { id: string }[] = await this.#json('GET', `/api/spaces/${id}/commits/main`);
    return commits.map((commit) => commit.id);
  }

  async refs(id: string): Promise<{ branches: string[]; tags: string[] }> {
    type Refs = Record<'branches' | 'tags', { name: string }[]>;
    const { branches, tags }: Refs = await this.#json('GET', `/api/spaces/${id}/refs`);
    return { branches: branches.map(({ name }) => name).sort(), tags: tags.map(({ name }) => name).sort() };
  }

  async variables(id: string): Promise<Record<string, string>> {
    const variables: Record<string, { value: string }> = await this.#json('GET', `/api/spaces/${id}/variables`);
    return Object.fromEntries(Object.entries(variables).map(([key, { value }]) => [key, value]));
  }

  async secretNames(id: string): Promise<string[]> {
    return Object.keys(await this.#json<object>('GET', `/api/spaces/${id}/secrets`)).sort();
  }

  async runtime(id: string): Promise<{ stage: string; sha?: string; hardware: { requested: string | null } }> {
    return this.#json('GET', `/api/spaces/${id}/runtime`);
  }

  /** What the app says, or undefined while it says nothing of sense. */
  async app(id: string): Promise<Record<string, string> | undefined> {
    try {
      const answer = await fetch((await this.info(id)).host, { headers: { authorization: `Bearer ${this.#token}` } });
      return answer.ok ? ((await answer.json()) as Record<string, string>) : undefined;
    } catch {
      return undefined;
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: the callers say what the Hub documents
  async #json<T = any>(method: string, path: string, body?: object | string): Promise<T> {
    const answer = await this.#ask(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }

  #ask(method: string, path: string, body?: object | string, anonymous = false): Promise<Response> {
    return fetch(this.#hubUrl + path, {
      method,
      headers: {
        'user-agent': USER_AGENT,
        ...(anonymous ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }
}
