import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Client } from './clients/client.ts';
import { EXPECTATIONS } from './expectations.ts';
import { canMeet, KNOWN_CLIENTS, putExpectations } from './put-expectations.ts';
import { Referee } from './support/referee.ts';
import { type LocalTarget, localTarget } from './support/target.ts';

const README = readFileSync(new URL('../../../emulator/README.md', import.meta.url), 'utf8');
const LETTERS: Readonly<Record<string, string>> = { python: 'P', hf: 'H', javascript: 'J', git: 'G' };
const IN_ORDER = ['J', 'P', 'H', 'G', 'L'];

/** For people. */
const PAGES = ['GET /', 'GET /spaces/:owner/:name'];

/** Routes that official clients use in other tests. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  // __tests__/emulator/js-client.test.ts
  'GET /api/spaces/:owner/:name/auth-check': 'J',
  'HEAD /spaces/:owner/:name/raw/:rev/*': 'J',
  'POST /api/spaces/:owner/:name/paths-info/:rev': 'J',
  'GET /api/spaces/:owner/:name': 'J',
  // xet.test.ts
  'GET /api/spaces/:owner/:name/xet-write-token/:rev': 'PH',
  // __tests__/emulator/server/routes/xet.test.ts
  'GET /xet/v1/chunks/default/:hash': 'J',
  'POST /xet/v1/xorbs/default/:hash': 'J',
  'POST /xet/v1/shards': 'J',
  // trusted-publisher.test.ts
  'POST /oauth/token': 'PH',
  'GET /_github/id-token': 'PH',
};

let target: LocalTarget;
const meetings: { readonly client: Client; readonly from: number }[] = [];

putExpectations({
  async open() {
    target = await localTarget();
    return target;
  },
  onMeeting: (client) => meetings.push({ client, from: target.hub.requests.length }),
});

test('emulator/README.md says which expectation was put to which client', () => {
  const rows = EXPECTATIONS.map((expectation) => {
    const marks = KNOWN_CLIENTS.map((client) => (canMeet(client, expectation) ? 'yes' : ''));
    return `| ${expectation.title} | ${marks.join(' | ')} |`;
  });
  const head = [`| the Hub … | ${KNOWN_CLIENTS.map(({ name }) => name).join(' | ')} |`, '|---|---|---|---|---|'];
  expect(tableAfter('the Hub …')).toEqual([...head, ...rows]);
});

test('emulator/README.md says which route was compared with which client', () => {
  const put = EXPECTATIONS.flatMap((expectation) => KNOWN_CLIENTS.filter((client) => canMeet(client, expectation)));
  // A part of the table says nothing of the whole.
  expect(meetings).toHaveLength(put.length);
  const compared = seenRoutes();
  for (const [route, letters] of Object.entries(ELSEWHERE)) for (const letter of letters) compared(route).add(letter);
  const documented = README.split('\n').flatMap((line) => {
    const [, route] = /^\| `([A-Z]+ \/\S*)` \|/.exec(line) ?? [];
    return route === undefined ? [] : [{ route, clients: line.split('|').at(-2)?.trim() }];
  });
  expect(documented).toEqual(
    documented.map(({ route }) => {
      const letters = IN_ORDER.filter((letter) => compared(route).has(letter)).join(' ');
      return { route, clients: letters || (PAGES.includes(route) ? '' : 'T') };
    }),
  );
});

function tableAfter(start: string): string[] {
  const lines = README.split('\n');
  const first = lines.findIndex((line) => line.startsWith(`| ${start}`));
  return lines.slice(
    first,
    lines.findIndex((line, index) => index > first && !line.startsWith('|')),
  );
}

/** Which clients were answered by which route, by letter. */
function seenRoutes(): (route: string) => Set<string> {
  const seen = new Map<string, Set<string>>();
  const of = (route: string) => {
    const letters = seen.get(route) ?? new Set();
    seen.set(route, letters);
    return letters;
  };
  for (const [index, request] of target.hub.requests.entries()) {
    const agent = request.headers['user-agent'] ?? '';
    const client = meetings.findLast(({ from }) => from <= index)?.client;
    if (client === undefined || Referee.sent(request) || agent.startsWith('spaceport')) continue;
    // A stream of logs is recorded at its end, which another client may see.
    const owner = /\/logs\//.test(request.path) ? /-(python|hf)-/.exec(request.path)?.[1] : client.slug;
    of(request.route).add(agent.startsWith('git-lfs') ? 'L' : (LETTERS[owner ?? ''] ?? '?'));
  }
  return of;
}
