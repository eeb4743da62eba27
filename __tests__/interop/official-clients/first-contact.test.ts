import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Hub } from '../../../emulator/api.ts';
import { createHub } from '../../../emulator/create-hub.ts';
import { type ChosenReadings, DEFAULT_READINGS } from '../../../emulator/readings.ts';
import { type FirstContact, openFirstContact, QUESTIONS } from './first-contact/ask-all.ts';
import { contractReadings } from './first-contact/contract-table.ts';
import { Referee } from './support/referee.ts';

const CLAIMS = {
  repository: 'me/repo',
  ref: 'refs/heads/main',
  workflow: 'Deploy it all',
  workflow_ref: 'me/repo/.github/workflows/deploy.yml@refs/heads/main',
};
const PATIENCE = { atOnceMs: 1_000, quietMs: 1_500, buildMs: 30_000, pollMs: 25 };
const PACE = { buildMs: 600, startMs: 300, settingsLagMs: 2_500 };
/** The two ports of Supabase's pooler, on this machine. */
const DATABASE_PORTS = [5432, 6543];

const OTHERS: ChosenReadings = {
  U1: 'b',
  U2: 'b',
  U3: 'b',
  U4: 'b',
  U5: 'b',
  U6: 'b',
  U7: 'b',
  U8: 'b',
  U9: 'c',
  U10: 'b',
  U11: 'b',
  U12: 'b',
  U13: 'b',
  U14: 'b',
  U15: 'b',
  U16: 'b',
  U17: 'b',
  U18: 'b',
  U19: 'b',
  U20: 'b',
  U21: 'b',
  U22: 'b',
  U23: 'b',
  U24: 'b',
};
const THIRD: ChosenReadings = { U2: 'c', U3: 'c', U5: 'c', U6: 'c', U7: 'a', U9: 'b', U21: 'a', U23: 'c' };

test('every U of hub-contract §24 is asked, once', () => {
  const numbers = QUESTIONS.map(({ number }) => number).sort();
  expect(numbers).toEqual(
    contractReadings()
      .map(({ number }) => number)
      .sort(),
  );
});

describe.each([
  ['the defaults', {}],
  ['other readings', OTHERS],
  ['third readings', THIRD],
] as const)('with %s', (_, readings: ChosenReadings) => {
  let hub: Hub;
  let contact: FirstContact;
  let databases: readonly Server[] = [];
  const workflow = readings.U8 === 'b' ? CLAIMS.workflow : 'deploy.yml';
  beforeAll(async () => {
    const publisher = { space: 'me/trusting', repository: 'me/repo', branch: 'main', workflow };
    databases = await Promise.all(DATABASE_PORTS.map(listenOn));
    hub = await createHub({ readings, pace: PACE, seed: { publishers: [publisher] } });
    await new Referee(hub.url, 'hf_me_write').create('me/trusting', 'static');
    contact = await openFirstContact({
      hubUrl: hub.url,
      token: 'hf_me_write',
      account: 'me',
      namespace: 'me',
      prefix: 'spaceport-check-1234',
      patience: PATIENCE,
      means: {
        docker: true,
        publisher: { space: 'me/trusting', idToken: await idTokenOf(hub), workflow },
        databaseHost: '127.0.0.1',
      },
    });
  });
  afterAll(async () => {
    await hub.close();
    for (const server of databases) server.close();
  });

  test('it finds what this Hub does, says so in a table, and leaves no Space', async () => {
    for (const question of QUESTIONS) await contact.ask(question);
    const found = [...contact.table().matchAll(/^\| (U\d+) \|.*\| ([^|]*) \|$/gm)];
    const letters = Object.fromEntries(found.map(([, number = '', cell = '']) => [number, cell.split(',')[0]]));
    const expected: Record<string, unknown> = { ...DEFAULT_READINGS, ...readings };
    // What rebuilds does not show where the stage never moves.
    if (readings.U3 === 'c') expected['U12'] = 'not asked: the stage did not move';
    expect(letters).toEqual(expected);

    const left = await contact.close();
    expect([left, hub.space('me/spaceport-check-1234-contact-app'), hub.space('me/trusting')?.visibility]).toEqual([
      [],
      undefined,
      'public',
    ]);
    const recorded = JSON.stringify(contact.exchanges);
    expect(new Set(contact.exchanges.map(({ question }) => question))).toContain('U1');
    expect(recorded).toContain('/api/spaces/account/check-contact-app?expand=runtime');
    expect(recorded).not.toMatch(/hf_me_write|hf_jwt_|eyJ|spaceport-check-1234/);
  });
});

/** Where a database of this machine has the port already, it will do as well. */
async function listenOn(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  await Promise.race([once(server, 'listening'), once(server, 'error').then(() => undefined)]).catch(() => undefined);
  return server;
}

async function idTokenOf(hub: Hub): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = hub.idTokens(CLAIMS);
  const answer = await fetch(`${url}&audience=https://huggingface.co`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { readonly value: string }).value;
}
