import { STATUS_CODES } from 'node:http';
import { duration } from '../../base/duration.ts';
import { Failure } from '../../base/failure.ts';
import type { Answer, Call } from './call.ts';
import { type JsonObject, listOf, objectOf, textOf } from './json.ts';
import { meaningOf } from './meanings.ts';
import { retryAfterMs } from './retry.ts';
import { isOutage } from './status.ts';

/** The answer when it is good. @throws Failure that says what the Hub said, where, and what to do */
export function accepted(call: Call, answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw errorResponse(call, answer);
}

/** A refusal or an outage of the Hub for a person: its words, status and request id, the likely cause and the fix. */
export function errorResponse(call: Call, answer: Answer): Failure {
  const { status } = answer;
  const said = saidBy(answer);
  const { kind, cause, fix } = meaningOf(status, said);
  const problem = {
    what: `The Hub ${isOutage(status) ? 'could not' : 'refused to'} ${call.what}: ${said}`,
    where: whereAnswered(call, answer),
    cause,
    fix: askedWait(answer) ?? fix,
  };
  if (status === 404) return new NotFound(kind, problem);
  return isPassing(status) ? new HubUnavailable(kind, problem) : new Failure(kind, problem);
}

/** An answer that is no error yet: who finds no way on must still be able to say what the Hub said. */
export interface HubSaid {
  readonly said: string;
  /** Request, status and request id. */
  readonly where: string;
}

export function hubSaid(call: Call, answer: Answer): HubSaid {
  return { said: saidBy(answer), where: whereAnswered(call, answer) };
}

/** Which request got which answer: for a person, and for whoever they report it to. */
export function whereAnswered({ method, path }: Call, answer: Answer): string {
  return `${method} ${path.split('?')[0]} answered ${answer.status}${requestId(answer)}`;
}

/** How long the Hub asks to wait, where it says so. */
function askedWait({ status, headers }: Answer): string | undefined {
  const ms = retryAfterMs(status, (name) => headers.get(name), Number.NaN);
  if (ms === undefined || ms === 0) return undefined;
  return `Wait ${duration(ms)}, as the Hub asks, then run it again; nothing is done twice.`;
}

/** The Hub says that there is no such thing, or none that the token can see. */
export class NotFound extends Failure {
  override readonly name = 'NotFound';
}

/** The Hub has answered, again and again, that it cannot answer for now: what was asked is still open. */
export class HubUnavailable extends Failure {
  override readonly name = 'HubUnavailable';
}

/** Whether an error only says that the Hub is away for now: who waits for something may ask again. */
export function isAway(error: unknown): error is Failure {
  return error instanceof HubUnavailable || (error instanceof Failure && error.kind === 'network');
}

/** Whether the Hub only cannot answer for now. A limit on one kind of action counts too: it says nothing about what was asked. */
export function isPassing(status: number): boolean {
  return isOutage(status) || status === 429;
}

/** What the Hub says in words, or that it says nothing. */
export function saidBy(answer: Pick<Answer, 'headers' | 'text' | 'status'>): string {
  return wordsIn(answer) ?? `no text, only status ${answer.status}`;
}

/** Characters of an answer that is not in a form of the Hub's. */
const LONGEST_TEXT = 500;

/**
 * The words of an answer: its header and its JSON in any of the known forms, each once, or plain text (hub-contract §2.1).
 * A header is one line, so what it is about may be in the JSON alone.
 */
export function wordsIn(answer: Pick<Answer, 'headers' | 'status' | 'text'>): string | undefined {
  const body = jsonIn(answer.text);
  const messages = [
    answer.headers.get('x-error-message'),
    ...(Array.isArray(body['error']) ? body['error'] : [body['error']]),
    body['error_description'],
    ...listOf(body['errors']).map((error) => objectOf(error)['message']),
    /^\s*[<{["]/.test(answer.text) ? undefined : answer.text.slice(0, LONGEST_TEXT),
  ].flatMap((message) => textOf(message)?.trim() || []);
  const isTold = (message: string, place: number) =>
    messages.some((other, at) => other.includes(message) && (other !== message || at < place)) ||
    (messages.length > 1 && message === STATUS_CODES[answer.status]);
  const told = messages.filter((message, place) => !isTold(message, place));
  if (told.length > 0) return told.join(' ');
  if (/^\s*</.test(answer.text)) return pageIn(answer.text);
  return answer.text.trim().slice(0, LONGEST_TEXT) || undefined;
}

/** A body as JSON; empty where it is plain text, which is a form of the Hub's errors too. */
export function jsonIn(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Pages come from what stands before the Hub; a store answers in XML, with a message in it. */
function pageIn(text: string): string {
  const message = /<Message>([^<]+)<\/Message>/.exec(text)?.[1];
  if (message !== undefined) return message.trim().slice(0, LONGEST_TEXT);
  const title = /<title[^>]*>([^<]+)<\/title>/i.exec(text)?.[1]?.trim().slice(0, 100);
  return title ? `an HTML page, ${JSON.stringify(title)}` : 'an HTML page';
}

/** `, request …` to find this very request by; nothing where the answer names none. */
export function requestId({ headers }: Pick<Answer, 'headers'>): string {
  const id = ['x-request-id', 'x-amzn-trace-id', 'x-amz-cf-id'].map((name) => headers.get(name)).find(Boolean);
  return id ? `, request ${id}` : '';
}

/** The request left and no whole answer came back: whether the Hub acted must be looked up before anything is repeated. */
export class LostAnswer extends Failure {
  constructor(what: string, where: string, reason: string) {
    super('network', {
      what: `Whether the Hub did ${what} is not known: it ${reason}.`,
      where,
      fix: 'Run it again: it looks first and repeats only what is missing.',
    });
    this.name = 'LostAnswer';
  }
}
