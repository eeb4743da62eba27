import { Failure, type FailureKind } from '../../base/failure.ts';
import type { Answer, Call } from './call.ts';
import { type JsonObject, listOf, objectOf, textOf } from './json.ts';

/** The answer when it is good. @throws Failure that says what the Hub said, where, and what to do */
export function accepted(call: Call, answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw errorResponse(call, answer);
}

/** A refusal of the Hub for a person: its words, status and request id, the likely cause and the fix. */
export function errorResponse(call: Call, answer: Answer): Failure {
  const { kind, cause, fix } = MEANING[answer.status] ?? OTHER;
  return new Failure(kind, {
    what: `The Hub refused to ${call.what}: ${saidBy(answer)}`,
    where: `${call.method} ${call.path.split('?')[0]} answered ${answer.status}${requestId(answer)}`,
    cause,
    fix,
  });
}

interface Meaning {
  readonly kind: FailureKind;
  readonly cause: string;
  readonly fix: string;
}

const WRITE_TOKEN =
  'Use a token with write access to this Space: https://huggingface.co/settings/tokens (fine-grained: "Write access to contents/settings of selected repos").';

const MEANING: Readonly<Record<number, Meaning>> = {
  400: {
    kind: 'hub',
    cause: 'The Hub finds something wrong with what was sent.',
    fix: 'Mend what it names, then run it again.',
  },
  401: {
    kind: 'credentials',
    cause: 'The token is unknown, expired or revoked, or is none that may do this.',
    fix: WRITE_TOKEN,
  },
  402: {
    kind: 'hub',
    cause:
      'It needs a paid plan of the owner (PRO, Team or Enterprise): docker and gradio Spaces do, protected visibility and better hardware too. Static Spaces are free.',
    fix: 'Subscribe at https://huggingface.co/pro, deploy to an owner that has a plan, or make it a static Space.',
  },
  403: { kind: 'credentials', cause: 'The token is valid and lacks this right.', fix: WRITE_TOKEN },
  404: {
    kind: 'hub',
    cause: 'It does not exist, or the token cannot see it.',
    fix: 'Check the name of the Space, and that the token belongs to its owner.',
  },
  409: { kind: 'hub', cause: 'Another change to the same thing is under way.', fix: 'Run it again in a moment.' },
  413: {
    kind: 'hub',
    cause: 'What was sent is larger than the Hub takes at once.',
    fix: 'Leave files out with `exclude`.',
  },
  422: {
    kind: 'hub',
    cause: 'The Hub does not accept the form of what was sent, often a file name.',
    fix: 'Mend what it names, then run it again.',
  },
};

const OTHER: Meaning = {
  kind: 'hub',
  cause: 'This answer is not expected here.',
  fix: 'Run it again; if it stays, report it with the request id.',
};

/** What the Hub says in words: its header, its JSON in any of the known forms, or plain text (hub-contract §2.1). */
export function saidBy(answer: Pick<Answer, 'headers' | 'text' | 'status'>): string {
  const body = jsonIn(answer.text);
  const header = answer.headers.get('x-error-message');
  const messages = [
    ...(header ? [header] : Array.isArray(body['error']) ? body['error'] : [body['error']]),
    body['error_description'],
    ...(header ? [] : listOf(body['errors']).map((error) => objectOf(error)['message'])),
  ].flatMap((message) => textOf(message) ?? []);
  if (messages.length > 0) return messages.join(' ');
  if (/^\s*</.test(answer.text)) return 'an HTML page';
  return answer.text.trim().slice(0, 500) || `status ${answer.status}, without a word`;
}

/** Plain text is a form of the Hub's errors too. */
function jsonIn(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function requestId(answer: Answer): string {
  const id = ['x-request-id', 'x-amzn-trace-id', 'x-amz-cf-id'].map((name) => answer.headers.get(name)).find(Boolean);
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
