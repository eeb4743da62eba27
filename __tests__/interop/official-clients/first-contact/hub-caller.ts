/** An answer of the Hub, as a person would read it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** One request and its answer, without secrets. */
export interface Exchange {
  readonly question: string;
  readonly method: string;
  readonly url: string;
  readonly sent?: string | undefined;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Call {
  readonly method?: string;
  /** A path of the Hub's, or a whole URL of an app. */
  readonly to: string;
  /** Text is sent as it is, an object as JSON. */
  readonly body?: object | string | undefined;
  /** Another token than that of the account. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const DEADLINE_MS = 30_000;
/** Of a body so much is recorded. */
const MOST_CHARACTERS = 4_000;
const KEPT_HEADERS =
  /^(?:content-type|location|link|retry-after|ratelimit.*|x-request-id|x-error-.*|x-proxied-.*|www-authenticate)$/;

/** Sends requests and records each of them under the question that it was sent for. */
export class HubCaller {
  question = '';
  readonly exchanges: Exchange[] = [];
  readonly #hubUrl: string;
  readonly #token: string;
  readonly #secrets: Map<string, string>;

  /** `names` are replaced in what is recorded, each with what stands for it. */
  constructor(hubUrl: string, token: string, names: Readonly<Record<string, string>>) {
    this.#hubUrl = hubUrl;
    this.#token = token;
    this.#secrets = new Map([[token, '<token>'], ...Object.entries(names)]);
  }

  /** From now on, and in what is recorded already. */
  hide(secret: string, instead: string): void {
    this.#secrets.set(secret, instead);
    for (const [index, exchange] of this.exchanges.entries()) {
      this.exchanges[index] = { ...exchange, body: this.withoutSecrets(exchange.body) };
    }
  }

  async send({ method = 'GET', to, body, token = this.#token, headers = {} }: Call): Promise<Answer> {
    const url = to.startsWith('/') ? this.#hubUrl + to : to;
    const isText = typeof body === 'string';
    const sent = body === undefined || isText ? body : JSON.stringify(body);
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': isText ? 'application/x-ndjson' : 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await answer.text();
    this.#record({ method, url, sent, answer, text });
    return { status: answer.status, headers: answer.headers, text, json: jsonIn(text) };
  }

  /** The first line of a log that is still written, or undefined when none comes in time. */
  async firstLogLine(path: string, waitMs: number): Promise<string | undefined> {
    const signal = AbortSignal.timeout(waitMs);
    let text = '';
    try {
      const answer = await fetch(this.#hubUrl + path, { headers: { authorization: `Bearer ${this.#token}` }, signal });
      const decoder = new TextDecoder();
      for await (const chunk of answer.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const line = /^data: (\{.*\})\n/m.exec(text)?.[1];
        if (line === undefined) continue;
        this.#record({ method: 'GET', url: path, sent: undefined, answer, text });
        return String(jsonIn(line)['data']).trim();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return undefined;
  }

  #record(exchange: {
    readonly method: string;
    readonly url: string;
    readonly sent: string | undefined;
    readonly answer: Pick<Response, 'status' | 'headers'>;
    readonly text: string;
  }): void {
    const { method, url, sent, answer, text } = exchange;
    const headers = [...answer.headers].filter(([name]) => KEPT_HEADERS.test(name));
    this.exchanges.push({
      question: this.question,
      method,
      url: this.withoutSecrets(url),
      sent: sent === undefined ? undefined : this.withoutSecrets(sent).slice(0, MOST_CHARACTERS),
      status: answer.status,
      headers: Object.fromEntries(headers.map(([name, value]) => [name, this.withoutSecrets(value)])),
      body: this.withoutSecrets(text).slice(0, MOST_CHARACTERS),
    });
  }

  /** Replaces what is known to be secret or to name somebody, and what looks like a token. */
  withoutSecrets(text: string): string {
    let shown = text;
    for (const [secret, instead] of this.#secrets) {
      // A name may be a part of many words.
      if (secret !== '')
        shown = shown.replaceAll(new RegExp(`(?<!\\w)${secret.replaceAll(/[^\w-]/g, '\\$&')}(?!\\w)`, 'g'), instead);
    }
    return shown
      .replaceAll(/\bhf_[A-Za-z0-9_-]{6,}/g, '<token>')
      .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<identity>')
      .replaceAll(/[\w.+-]+@[\w-]+\.[\w.]+/g, '<address>');
  }
}

function jsonIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
