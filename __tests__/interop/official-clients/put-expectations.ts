import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from './clients/client.ts';
import { gitClient } from './clients/git.ts';
import { hfClient } from './clients/hf.ts';
import { javascriptClient } from './clients/javascript.ts';
import { pythonClient } from './clients/python.ts';
import { EXPECTATIONS, type Expectation, type Place } from './expectations.ts';
import { Referee } from './support/referee.ts';
import type { Target } from './support/target.ts';

const CREATE = [pythonClient, hfClient, javascriptClient, gitClient];

/** All clients, to be asked what they can do: they belong to no Hub. */
export const KNOWN_CLIENTS: readonly Client[] = CREATE.map((create) =>
  create({ hubUrl: '', token: '', xet: false, home: '' }),
);

export interface Putting {
  /** Reaches the Hub, before the first test. */
  open(): Promise<Target>;
  /** Why an expectation is not put to this Hub: its tests count as skipped. */
  leaveOut?(expectation: Expectation): string | undefined;
  /** Told of every client that is about to meet an expectation. */
  onMeeting?(client: Client): void;
}

/** Whether a client has all that an expectation needs. */
export function canMeet(client: Client, { needs }: Expectation): boolean {
  return needs.every((operation) => client[operation] !== undefined);
}

/** Puts every expectation to every client that can meet it, one test each. */
export function putExpectations({ open, leaveOut = () => undefined, onMeeting = () => {} }: Putting): void {
  let session: Session | undefined;
  if (EXPECTATIONS.some((expectation) => leaveOut(expectation) === undefined)) {
    beforeAll(async () => {
      session = openSession(await open());
    });
    afterAll(() => session?.close());
  }
  for (const expectation of EXPECTATIONS) {
    const put = leaveOut(expectation) === undefined ? test : test.skip;
    describe(expectation.title, () => {
      for (const { name } of KNOWN_CLIENTS.filter((client) => canMeet(client, expectation))) {
        put(name, async () => {
          if (session === undefined) throw new Error('no Hub was reached');
          const client = session.client(name);
          onMeeting(client);
          await expectation.holds(client, session.place(client));
        });
      }
    });
  }
}

interface Session {
  client(name: string): Client;
  place(client: Client): Place;
  /** Deletes every Space that was made; fails when one is left. */
  close(): Promise<void>;
}

function openSession(target: Target): Session {
  const home = mkdtempSync(join(tmpdir(), 'official-clients-'));
  const referee = new Referee(target.hubUrl, target.token);
  const made = new Set<string>();
  const clients = CREATE.map((create, index) => {
    const own = join(home, String(index));
    mkdirSync(own);
    return create({ ...target, home: own });
  });
  const idOf = (owner: Client, purpose: string) => `${target.namespace}/${target.prefix}-${owner.slug}-${purpose}`;
  return {
    client(name) {
      const found = clients.find((client) => client.name === name);
      if (found === undefined) throw new Error(`there is no client ${name}`);
      return found;
    },
    place(client) {
      const unused = (purpose: string) => {
        const id = idOf(client, purpose);
        made.add(id);
        return id;
      };
      return {
        target,
        referee,
        writers: clients.filter((writer) => made.has(idOf(writer, 'written'))),
        async space(purpose, sdk = 'static') {
          const id = idOf(client, purpose);
          if (!made.has(id)) await referee.create(unused(purpose), sdk);
          return id;
        },
        unused,
        written: (by) => idOf(by, 'written'),
        directory: () => mkdtempSync(join(home, 'directory-')),
      };
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      // All are tried, so that none is left behind because another could not be deleted.
      const removed = await Promise.allSettled([...made].map((id) => referee.remove(id)));
      await target.close();
      rmSync(home, { recursive: true, force: true });
      expect(removed.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([]);
    },
  };
}
