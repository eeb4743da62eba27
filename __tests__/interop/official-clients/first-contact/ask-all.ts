import { createSpace, openContact, type Patience } from './contact.ts';
import { contractReadings } from './contract-table.ts';
import { DOCKER_QUESTIONS } from './docker-questions.ts';
import { type Finding, type Means, notAsked, other, type Place, type Question } from './finding.ts';
import { type Exchange, HubCaller } from './hub-caller.ts';
import { PUBLISHER_QUESTIONS } from './publisher-questions.ts';
import { STATIC_QUESTIONS } from './static-questions.ts';

/** Every U of hub-contract §24, in the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [...DOCKER_QUESTIONS, ...PUBLISHER_QUESTIONS, ...STATIC_QUESTIONS];

export interface Asked {
  readonly hubUrl: string;
  readonly token: string;
  readonly account: string;
  readonly namespace: string;
  readonly prefix: string;
  readonly patience: Patience;
  readonly means: Means;
}

/** A session with one Hub: questions are put one by one, and its Spaces are removed at the end. */
export interface FirstContact {
  ask(question: Question): Promise<Finding>;
  /** What was found so far, as a table in Markdown. */
  table(): string;
  readonly exchanges: readonly Exchange[];
  /** Removes every Space that was made; gives those that are left. */
  close(): Promise<readonly string[]>;
}

export async function openFirstContact(asked: Asked): Promise<FirstContact> {
  const { token, account, namespace, prefix, means } = asked;
  const hub = new HubCaller(asked.hubUrl, token, {
    [means.publisher?.idToken ?? '']: '<identity>',
    [prefix]: 'check',
    [namespace]: 'owner',
    [account]: 'account',
  });
  const contact = openContact(hub, asked.patience, namespace, prefix);
  const place: Place = { contact, means, site: contact.name('site'), app: contact.name('app') };
  const findings = new Map<string, Finding>();
  const made = await createSpace(contact, place.site, { sdk: 'static' });
  if (made.status !== 200) throw new Error(`the static Space could not be made: ${made.status} ${made.text}`);
  return {
    exchanges: hub.exchanges,
    async ask(question) {
      hub.question = question.number;
      const why = whyNot(question, means);
      const finding = why === undefined ? await found(question, place) : notAsked(why);
      findings.set(question.number, finding);
      return finding;
    },
    table: () => tableOf(findings, (text) => hub.withoutSecrets(text)),
    async close() {
      hub.question = '';
      const left = await Promise.all([...contact.names].map((id) => remove(hub, id)));
      return left.flat();
    },
  };
}

function whyNot({ needs }: Question, { docker, publisher, databaseHost }: Means): string | undefined {
  switch (needs) {
    case 'static':
      return undefined;
    case 'docker':
      return docker ? undefined : 'needs docker Spaces: SPACEPORT_REAL_HUB_DOCKER=1';
    case 'publisher':
      return publisher === undefined ? 'needs a job that a Space trusts: SPACEPORT_REAL_HUB_PUBLISHER' : undefined;
    case 'database':
      return docker && databaseHost !== undefined
        ? undefined
        : 'needs SPACEPORT_REAL_HUB_DATABASE_HOST, and docker Spaces';
    default:
      return needs satisfies never;
  }
}

/** One question that cannot be answered must not keep the others from theirs. */
async function found(question: Question, place: Place): Promise<Finding> {
  try {
    return await question.ask(place);
  } catch (error) {
    return other(error instanceof Error ? error.message : String(error));
  }
}

async function remove(hub: HubCaller, id: string): Promise<readonly string[]> {
  const [organization, name] = id.split('/');
  const body = { type: 'space', organization, name };
  const { status } = await hub.send({ method: 'DELETE', to: '/api/repos/delete', body });
  return status === 200 || status === 404 ? [] : [id];
}

/** The contract beside what was found, sorted by number. */
function tableOf(findings: ReadonlyMap<string, Finding>, shown: (text: string) => string): string {
  const cell = (text: string) => shown(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 200);
  const rows = contractReadings().map(({ number, question, readings }) => {
    const [first = '', text = ''] = [...readings][0] ?? [];
    const finding = findings.get(number) ?? notAsked('the run ended before');
    return `| ${number} | ${question} | ${first}: ${text} | ${cell(inWords(finding, readings))} |`;
  });
  return ['| U | question | contract says | this Hub says |', '|---|---|---|---|', ...rows].join('\n');
}

function inWords(finding: Finding, readings: ReadonlyMap<string, string>): string {
  switch (finding.kind) {
    case 'reading': {
      const isFirst = [...readings.keys()][0] === finding.reading;
      const text = isFirst ? 'as the contract' : `**differs**: ${readings.get(finding.reading)}`;
      return `${finding.reading}, ${text} (${finding.saw})`;
    }
    case 'other':
      return `**none of the readings**: ${finding.saw}`;
    case 'not-asked':
      return `not asked: ${finding.why}`;
    default:
      return finding satisfies never;
  }
}
