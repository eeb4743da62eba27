import type { FailureKind } from '../../base/failure.ts';
import { hasStatus, isOutage, type StatusPattern } from './status.ts';

/** What an answer that is no success most likely means, and what to do about it. */
export interface Meaning {
  readonly kind: FailureKind;
  readonly cause: string;
  readonly fix: string;
}

/** `words` are the Hub's own; a row without them, or without a status, fits any. */
interface Row {
  readonly status?: StatusPattern;
  readonly words?: RegExp;
  readonly kind: FailureKind;
  readonly cause: Text;
  readonly fix: Text;
}

/** Where the words name something that belongs into the text, a function of what they name. */
type Text = string | ((named: readonly (string | undefined)[]) => string);

const WRITE_TOKEN =
  'Use a token with write access to this Space: https://huggingface.co/settings/tokens (fine-grained: "Write access to contents/settings of selected repos").';
const STATUS_PAGE = 'See https://status.huggingface.co, then run it again; nothing is done twice.';

/** Refusals that are not about the token, whatever their status: batches of large files give these words too (hub-contract §18). */
const FULL: readonly Row[] = [
  {
    words: /Private repository storage limit reached/i,
    kind: 'hub',
    cause: 'The private repositories of the owner together hold as much as the plan of the owner allows.',
    fix: 'Delete private repositories or old large files of the owner, deploy with `visibility: public`, or get more storage at https://huggingface.co/settings/billing.',
  },
  {
    words: /Repository storage limit reached(?: \(Max: ([^)]+)\))?/i,
    kind: 'hub',
    cause: ([, limit = '1 GB']) =>
      `The large files (LFS and Xet) of this Space fill its repository, whose limit is ${limit}. Those of all its old commits count too: deleting a file from the newest one frees nothing.`,
    fix: 'Set `prune-large-files: true`, which deletes those of old versions, or delete them under Settings of the Space, "Storage"; or keep models and data in a model or dataset repository that the app loads when it starts; leave large files out with `exclude`.',
  },
  {
    words: /storage patterns tripped/i,
    kind: 'hub',
    cause:
      'An automatic check of the Hub has stopped uploads of this owner; neither the token nor the files are wrong.',
    fix: 'Write to the address that the Hub names, or to website@huggingface.co, with the request id.',
  },
];

/** Refusals of the account or the network that a better token does not help with (hub-contract §2.2, §2.3). */
const NOT_THE_TOKEN: readonly Row[] = [
  {
    words: /Access to this resource is disabled/i,
    kind: 'hub',
    cause: 'The Hub has disabled this repository (moderation).',
    fix: 'Look at the page of the Space, and write to website@huggingface.co.',
  },
  {
    words: /revoked by the organi[sz]ation|token.*(?:pending|denied|approv)|approv.*token/i,
    kind: 'credentials',
    cause: 'The organization has rules for tokens, and this token was not approved, or was revoked.',
    fix: 'Ask an administrator of the organization to approve the token, or to make one.',
  },
  {
    status: 403,
    words: /payment method|billing|subscri(?:be|ption)|credits/i,
    kind: 'hub',
    cause: 'The owner of the Space has to pay for this first.',
    fix: 'Add a payment method at https://huggingface.co/settings/billing, or ask for something that is free.',
  },
  {
    status: 403,
    words: /^an HTML page/,
    kind: 'hub',
    cause:
      'Something in front of the Hub has answered, not the Hub itself: its firewall, or a proxy of the network of this runner.',
    fix: 'Run it again later or on another runner; if that does not help, report it with the request id.',
  },
  {
    status: 403,
    words: /^no text, only status 403$/,
    kind: 'credentials',
    cause:
      'The Hub gives no reason. Either the token lacks this right, or there is too much in one commit (more than about 10,000 files).',
    fix: `${WRITE_TOKEN} If it has that, deploy fewer files with \`exclude\`.`,
  },
];

/** Limits on one kind of action are not in the RateLimit header, and last too long to wait for (hub-contract §3). */
export const ACTION_LIMIT = /You have exceeded the rate limit for (.+?) \((\d+ per (\w+))\)\.?(?:.*?about (\d+ \w+))?/i;

/** An outage of the token exchange has the status of a refusal (hub-contract §4.2). */
export const EXCHANGE_ABORTED = /operation was aborted/i;

const BY_STATUS: readonly Row[] = [
  {
    status: 400,
    words: EXCHANGE_ABORTED,
    kind: 'hub',
    cause: 'The exchange of tokens has an outage: this is no refusal.',
    fix: STATUS_PAGE,
  },
  {
    status: 400,
    kind: 'hub',
    cause: 'The Hub finds something wrong with what was sent.',
    fix: 'Correct what it names, then run it again.',
  },
  {
    status: 401,
    kind: 'credentials',
    cause: 'The token is unknown, expired or revoked, or is not of a kind that may do this.',
    fix: WRITE_TOKEN,
  },
  {
    status: 402,
    words: /hosting Gradio and Docker Spaces/i,
    kind: 'hub',
    cause:
      'A new Docker or Gradio Space on free hardware needs a paid plan of its owner: PRO for a person, Team or Enterprise for an organization. Static Spaces are free.',
    fix: 'There are three ways: get the plan (https://huggingface.co/pro for a person, https://huggingface.co/enterprise for an organization); or choose paid hardware, which needs a payment method and no plan (`hardware: cpu-upgrade`, from $0.03 an hour); or, for a Gradio app of a person, `hardware: zero-a10g` (ZeroGPU: up to two Spaces are free for an account that is older than 30 days and has a verified e-mail address).',
  },
  {
    status: 402,
    words: /downgrade/i,
    kind: 'hub',
    cause:
      'Free hardware needs a paid plan of the owner. The Space goes on running, and costing, on the hardware it has.',
    fix: 'Get the plan (https://huggingface.co/pro for a person, https://huggingface.co/enterprise for an organization), keep the hardware, or pause the Space in its settings.',
  },
  {
    status: 402,
    kind: 'hub',
    cause:
      'The owner has to pay for this: better hardware needs a payment method or credits; protected visibility needs a paid plan (PRO, Team or Enterprise).',
    fix: 'See https://huggingface.co/settings/billing (of an organization: its own settings) and https://huggingface.co/pricing, or ask for something that is free.',
  },
  {
    status: 403,
    words: /rights to create a \w+ under the namespace "([^"]*)"/i,
    kind: 'credentials',
    cause: ([, owner]) =>
      `The token is valid and lacks this right: it can only read, or may not write to what is of "${owner}".`,
    fix: ([, owner]) =>
      `Is "${owner}" the owner that you meant? If so, use a token of that account, or of a member of it: https://huggingface.co/settings/tokens (of the kind "write"; or fine-grained, with "Write access to contents/settings of all repos" of this owner, since the Space does not exist yet).`,
  },
  {
    status: 403,
    words: /rights|Authorization error|create_pr=1|permission|token/i,
    kind: 'credentials',
    cause: 'The token is valid and lacks this right.',
    fix: WRITE_TOKEN,
  },
  {
    status: 403,
    kind: 'credentials',
    cause: 'The Hub forbids it for the reason that it gives; where it gives none, the token lacks this right.',
    fix: `Do what its words ask for; where they ask for nothing: ${WRITE_TOKEN}`,
  },
  {
    status: 404,
    kind: 'hub',
    cause: 'It does not exist, or the token cannot see it.',
    fix: 'Check the name of the Space, and that the token belongs to its owner.',
  },
  {
    status: 409,
    kind: 'hub',
    cause: 'Another change to the same thing is under way.',
    fix: 'Run it again in a moment.',
  },
  {
    status: 413,
    kind: 'hub',
    cause: 'What was sent is larger than the Hub takes at once.',
    fix: 'Leave files out with `exclude`.',
  },
  {
    status: 422,
    kind: 'hub',
    cause: 'The Hub does not accept the form of what was sent, often a file name.',
    fix: 'Correct what it names, then run it again.',
  },
  {
    status: 429,
    words: ACTION_LIMIT,
    kind: 'hub',
    cause: ([, action, limit]) =>
      `The limit on ${action} (${limit}) counts for the whole account, over all of its Spaces and workflows.`,
    fix: ([, , , unit, wait = `up to one ${unit}`]) =>
      `Wait ${wait}, then run it again; what is done already is recognised.`,
  },
  {
    status: 429,
    kind: 'hub',
    cause:
      'More requests came than a window of five minutes allows, from this account over all of its workflows, or from the address of this runner.',
    fix: 'Wait five minutes, then run it again; nothing is done twice.',
  },
  {
    status: isOutage,
    kind: 'hub',
    cause: 'The Hub has an outage, or something between this runner and the Hub has one.',
    fix: STATUS_PAGE,
  },
];

const UNKNOWN: Meaning = {
  kind: 'hub',
  cause: 'This answer is not expected here.',
  fix: 'Run it again; if that does not help, report it with the request id.',
};

/** What a status and the words of the Hub most likely mean; the first row that fits. Pure. */
export function meaningOf(status: number, said: string): Meaning {
  return firstFit([...FULL, ...NOT_THE_TOKEN, ...BY_STATUS], status, said) ?? UNKNOWN;
}

/** What words mean that came without a status of their own: those of one file in a batch, or of a store. Pure. */
export function meaningOfWords(said: string): Meaning | undefined {
  return firstFit(FULL, 0, said);
}

function firstFit(rows: readonly Row[], status: number, said: string): Meaning | undefined {
  for (const row of rows) {
    if (row.status !== undefined && !hasStatus(row.status, status)) continue;
    const named = row.words === undefined ? [] : row.words.exec(said);
    if (named !== null) return { kind: row.kind, cause: written(row.cause, named), fix: written(row.fix, named) };
  }
  return undefined;
}

function written(text: Text, named: readonly (string | undefined)[]): string {
  return typeof text === 'string' ? text : text(named);
}
