import type { Answer, HubCaller } from './hub-caller.ts';

/** How long this Hub may take, in milliseconds. */
export interface Patience {
  /** What begins within this time has begun at once. */
  readonly atOnceMs: number;
  /** What has not begun by then will not. */
  readonly quietMs: number;
  /** A build and a start take at most this long. */
  readonly buildMs: number;
  readonly pollMs: number;
}

/** One look at the runtime of a Space. */
export interface Seen {
  readonly afterMs: number;
  readonly stage: string;
  readonly sha: string | undefined;
}

export interface Runtime {
  readonly stage: string;
  readonly sha: string | undefined;
}

/** The Hub that is asked, and the Spaces that are asked about. */
export interface Contact {
  readonly hub: HubCaller;
  readonly patience: Patience;
  readonly namespace: string;
  /** A name for a Space of this run, which is removed at its end. */
  name(purpose: string): string;
  /** All names that were given. */
  readonly names: ReadonlySet<string>;
}

export function openContact(hub: HubCaller, patience: Patience, namespace: string, prefix: string): Contact {
  const names = new Set<string>();
  return {
    hub,
    patience,
    namespace,
    names,
    name(purpose) {
      const id = `${namespace}/${prefix}-contact-${purpose}`;
      names.add(id);
      return id;
    },
  };
}

export async function createSpace({ hub }: Contact, id: string, more: object): Promise<Answer> {
  const [organization, name] = id.split('/');
  const body = { type: 'space', organization, name, visibility: 'public', ...more };
  return hub.send({ method: 'POST', to: '/api/repos/create', body });
}

/** Commits files, and gives the new head. */
export async function commit({ hub }: Contact, id: string, files: Readonly<Record<string, string>>): Promise<string> {
  const lines = [
    { key: 'header', value: { summary: 'First contact' } },
    ...Object.entries(files).map(([path, content]) => ({
      key: 'file',
      value: { path, content: Buffer.from(content).toString('base64'), encoding: 'base64' },
    })),
  ];
  const body = lines.map((line) => JSON.stringify(line)).join('\n');
  const answer = await hub.send({ method: 'POST', to: `/api/spaces/${id}/commit/main`, body });
  if (answer.status !== 200) throw new Error(`the commit was answered ${answer.status}: ${answer.text}`);
  return String(answer.json['commitOid']);
}

export async function runtimeOf({ hub }: Contact, id: string): Promise<Runtime> {
  const { json } = await hub.send({ to: `/api/spaces/${id}/runtime` });
  return { stage: String(json['stage']), sha: typeof json['sha'] === 'string' ? json['sha'] : undefined };
}

/** Looks until something is so, or until the time is over; every change is noted. */
export async function watch(
  contact: Contact,
  id: string,
  limitMs: number,
  isOver: (seen: readonly Seen[]) => boolean | Promise<boolean>,
): Promise<readonly Seen[]> {
  const begun = performance.now();
  const all: Seen[] = [];
  for (;;) {
    const runtime = await runtimeOf(contact, id);
    const afterMs = Math.round(performance.now() - begun);
    const last = all.at(-1);
    if (last?.stage !== runtime.stage || last.sha !== runtime.sha) all.push({ afterMs, ...runtime });
    if ((await isOver(all)) || afterMs > limitMs) return all;
    await new Promise((resolve) => setTimeout(resolve, contact.patience.pollMs));
  }
}

/** Waits until a Space runs, and runs this commit where one is given; gives the stages on the way. */
export function untilRunning(contact: Contact, id: string, sha?: string): Promise<readonly Seen[]> {
  return watch(contact, id, contact.patience.buildMs, (seen) => {
    const last = seen.at(-1);
    return last?.stage === 'RUNNING' && (sha === undefined || last.sha === sha);
  });
}

/** What was seen, in a few words: `BUILDING, RUNNING`. */
export function stagesOf(seen: readonly Seen[]): string {
  return seen.map(({ stage, sha }) => (sha === undefined ? stage : `${stage} ${sha.slice(0, 7)}`)).join(', ');
}

/** What an app says of itself; undefined while it says nothing of sense. */
export async function askApp(contact: Contact, id: string, path = '/'): Promise<Answer> {
  return contact.hub.send({ to: (await appUrl(contact, id)) + path });
}

async function appUrl({ hub }: Contact, id: string): Promise<string> {
  const info = await hub.send({ to: `/api/spaces/${id}` });
  return String(info.json['host'] ?? '').replace(/\/$/, '');
}
