import { randomBytes } from 'node:crypto';
import type { Hub } from '../../../../emulator/api.ts';
import { createHub } from '../../../../emulator/create-hub.ts';

/** A Hub that the expectations are put to. */
export interface Target {
  readonly hubUrl: string;
  readonly token: string;
  /** The account that owns the token. */
  readonly account: string;
  /** The owner of the Spaces that are made. */
  readonly namespace: string;
  /** Before the names of all Spaces of this run. */
  readonly prefix: string;
  /** Whether there is a storage service for Xet. */
  readonly xet: boolean;
  close(): Promise<void>;
}

export interface LocalTarget extends Target {
  readonly hub: Hub;
}

/** Large files go in parts, and builds last long enough to be seen. */
export async function localTarget(): Promise<LocalTarget> {
  const hub = await createHub({
    lfs: { multipartAboveBytes: 5_000_000, partBytes: 4_000_000 },
    pace: { buildMs: 400, startMs: 300 },
  });
  return {
    hub,
    hubUrl: hub.url,
    token: 'hf_me_write',
    account: 'me',
    namespace: 'me',
    prefix: 'check',
    xet: false,
    close: () => hub.close(),
  };
}

/** What somebody with an account says in the environment; nothing without a token. */
export const realHub = {
  hubUrl: (process.env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, ''),
  token: process.env['SPACEPORT_REAL_HUB_TOKEN'] ?? '',
  /** The account's own when not said. */
  namespace: process.env['SPACEPORT_REAL_HUB_NAMESPACE'] ?? '',
  /** Docker Spaces need PRO, Team or Enterprise (hub-contract §19). */
  docker: process.env['SPACEPORT_REAL_HUB_DOCKER'] === '1',
  /** A Hub that is not Hugging Face's may have no storage service for Xet. */
  xet: process.env['HF_HUB_DISABLE_XET'] !== '1',
  /** Of a job that a Space trusts: only then can its token be asked about. */
  publisher: publisherIn(process.env),
  /** With the ports 5432 and 6543. */
  databaseHost: process.env['SPACEPORT_REAL_HUB_DATABASE_HOST'] || undefined,
  /** Where requests and answers are written to. */
  record: process.env['SPACEPORT_REAL_HUB_RECORD'] || 'build/first-contact',
};

/** `owner/name deploy.yml`: the Space, and what was entered there as the workflow. */
function publisherIn(env: NodeJS.ProcessEnv) {
  const [space, workflow] = env['SPACEPORT_REAL_HUB_PUBLISHER']?.split(/ (.*)/) ?? [];
  const idToken = env['HF_OIDC_ID_TOKEN'];
  return space && workflow && idToken ? { space, workflow, idToken } : undefined;
}

export async function realTarget(): Promise<Target> {
  const { hubUrl, token, namespace, xet } = realHub;
  const answer = await fetch(`${hubUrl}/api/whoami-v2`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${hubUrl} does not take SPACEPORT_REAL_HUB_TOKEN: it answered ${answer.status}`);
  const { name: account } = (await answer.json()) as { name: string };
  return {
    hubUrl,
    token,
    account,
    namespace: namespace || account,
    prefix: `spaceport-check-${randomBytes(4).toString('hex')}`,
    xet,
    close: async () => {},
  };
}
