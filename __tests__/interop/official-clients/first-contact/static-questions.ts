import { createHash } from 'node:crypto';
import { type Finding, notAsked, other, type Place, type Question, reading } from './finding.ts';
import type { Answer } from './hub-caller.ts';

/** What a static Space answers, which is free for everybody. */
export const STATIC_QUESTIONS: readonly Question[] = [
  {
    number: 'U5',
    needs: 'static',
    async ask({ contact: { hub }, site }) {
      const settings = { method: 'PUT', to: `/api/spaces/${site}/settings` };
      const set = await hub.send({ ...settings, body: { visibility: 'protected' } });
      if (set.status !== 200) return notAsked(`this owner may not make a Space protected: ${said(set)}`);
      const { json } = await hub.send({ to: `/api/spaces/${site}` });
      await hub.send({ ...settings, body: { visibility: 'public' } });
      const saw = `visibility ${json['visibility'] ?? 'absent'}, private ${json['private']}`;
      if (json['visibility'] === 'protected') return json['private'] === false ? reading('a', saw) : other(saw);
      if (json['visibility'] !== undefined) return other(saw);
      return reading(json['private'] === true ? 'b' : 'c', saw);
    },
  },
  {
    number: 'U11',
    needs: 'static',
    async ask({ contact: { hub }, site }) {
      const answer = await hub.send({ to: `/api/spaces/${site}/host` });
      if (answer.status === 200 && answer.json['host'] !== undefined) return reading('a', '200 with host');
      return answer.status === 404 ? reading('b', '404') : other(said(answer));
    },
  },
  {
    number: 'U13',
    needs: 'static',
    async ask({ contact: { hub }, site }) {
      const { headers } = await hub.send({ to: `/api/spaces/${site}` });
      const limit = headers.get('ratelimit');
      return limit === null ? reading('b', 'no ratelimit header') : reading('a', `ratelimit: ${limit}`);
    },
  },
  {
    number: 'U14',
    needs: 'static',
    async ask({ contact: { hub, namespace } }) {
      const answer = await hub.send({ to: `/api/spaces/${namespace}/there-is-no-such-space` });
      return typeof answer.json['error'] === 'string'
        ? reading('a', `${answer.status} with JSON`)
        : reading('b', said(answer));
    },
  },
  {
    number: 'U20',
    needs: 'static',
    async ask({ contact: { hub }, site }) {
      const oid = 'a'.repeat(64);
      const answer = await hub.send({
        method: 'POST',
        to: `/spaces/${site}.git/info/lfs/objects/batch`,
        headers: { accept: 'application/vnd.git-lfs+json', 'content-type': 'application/vnd.git-lfs+json' },
        body: {
          operation: 'upload',
          transfers: ['basic', 'multipart', 'xet'],
          objects: [{ oid, size: 1_000 }],
          hash_algo: 'sha256',
          ref: { name: 'main' },
        },
      });
      const transfer = answer.json['transfer'];
      if (answer.status !== 200) return other(said(answer));
      const saw = `transfer ${JSON.stringify(transfer ?? 'absent')}`;
      return transfer === 'xet' ? reading('b', saw) : reading('a', saw);
    },
  },
  {
    number: 'U22',
    needs: 'static',
    async ask({ contact: { hub }, site }) {
      const { status, headers } = await hub.send({ to: `/spaces/${site}/resolve/main/README.md` });
      if (status === 200) return reading('a', '200');
      const location = hub.withoutSecrets(headers.get('location') ?? 'nowhere');
      return [302, 307].includes(status) ? reading('b', `${status} to ${location}`) : other(String(status));
    },
  },
  { number: 'U23', needs: 'static', ask: askUnshownBody },
  { number: 'U19', needs: 'static', ask: askAfterMove },
];

/** Stores a binary file and deletes it for good: of the calls in question the only one that a static Space has. */
async function askUnshownBody({ contact: { hub }, site }: Place): Promise<Finding> {
  const content = '\0first contact';
  const [oid, size] = [createHash('sha256').update(content).digest('hex'), content.length];
  const batch = await hub.send({
    method: 'POST',
    to: `/spaces/${site}.git/info/lfs/objects/batch`,
    headers: { accept: 'application/vnd.git-lfs+json', 'content-type': 'application/vnd.git-lfs+json' },
    body: { operation: 'upload', transfers: ['basic'], objects: [{ oid, size }], hash_algo: 'sha256' },
  });
  const [object] = (batch.json['objects'] ?? []) as readonly { actions?: { upload?: { href?: string } } }[];
  const href = object?.actions?.upload?.href;
  if (href === undefined) return notAsked(`no file could be stored: ${said(batch)}`);
  // The address signs itself: our token has to stay away from it.
  await fetch(href, { method: 'PUT', body: content });
  const lines = [
    { key: 'header', value: { summary: 'A binary file' } },
    { key: 'lfsFile', value: { path: 'first-contact.bin', algo: 'sha256', oid, size } },
  ];
  const to = `/api/spaces/${site}/commit/main`;
  const commit = await hub.send({ method: 'POST', to, body: lines.map((line) => JSON.stringify(line)).join('\n') });
  if (commit.status !== 200) return notAsked(`no file could be committed: ${said(commit)}`);
  const deletions = { sha: [oid], rewriteHistory: false };
  const answer = await hub.send({ method: 'POST', to: `/api/spaces/${site}/lfs-files/batch`, body: { deletions } });
  if (answer.status >= 300) return other(said(answer));
  if (answer.text === '') return reading('c', `${answer.status} without a body`);
  return reading(/^\s*[{[]/.test(answer.text) ? 'a' : 'b', said(answer));
}

/** Last of those with the static Space, which has another name afterwards. */
async function askAfterMove({ contact, site }: Place) {
  const { hub } = contact;
  const moved = contact.name('moved');
  const body = { fromRepo: site, toRepo: moved, type: 'space' };
  const answer = await hub.send({ method: 'POST', to: '/api/repos/move', body });
  if (answer.status !== 200) return notAsked(`the Space could not be moved: ${said(answer)}`);
  const { status, headers, text } = await hub.send({ to: `/api/spaces/${site}` });
  const location = headers.get('location') ?? '';
  if (status === 404) return reading('b', '404');
  return status === 307 && location.startsWith('/')
    ? reading('a', `307 to ${hub.withoutSecrets(location)}`)
    : other(`${status} ${text.slice(0, 80)}`);
}

export function said({ status, text }: Answer): string {
  return `${status} ${text.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
}
