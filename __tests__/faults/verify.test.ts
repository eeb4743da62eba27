import { afterAll, expect, test } from '@jest/globals';
import { announce, sample } from '../sampling/sample.ts';
import { filesOf, type Wanted } from './support/app.ts';
import { PASSING, type Strike } from './support/faults.ts';
import { startHubs } from './support/hubs.ts';
import { openLab, stateOf } from './support/lab.ts';

const SPACE = '/api/spaces/:owner/:name';
/** Every request of a verification of what runs; it reads the runtime again after its checks. */
const ROUTES = ['', '/variables', '/commits/:rev', '/host', '/runtime'].map((path) => `GET ${SPACE}${path}`);
const ALL = [...ROUTES.map((route) => ({ route, on: 1 })), { route: `GET ${SPACE}/runtime`, on: 2 }].flatMap((call) =>
  PASSING.map((kind): Strike => ({ ...call, kind })),
);
/** How many of them are in the sample of `npm test`. */
const SAMPLED = 12;
const strikes = sample(ALL, SAMPLED);
announce('Faults of a verification', strikes.length, ALL.length);

const ID = 'me/app';
const wanted: Wanted = { files: filesOf(1), variables: {}, secrets: {}, visibility: 'public' };
const hubs = startHubs();
const lab = openLab(hubs);
const deployed = lab.then((place) => place.deploy(ID, wanted));
afterAll(async () => {
  (await lab).close();
  await hubs.close();
});

const VERIFY = { inputs: { mode: 'verify', checks: '- /any' } };

test('these are all its requests, and none of them writes', async () => {
  expect((await deployed).errors).toEqual([]);
  const run = await (await lab).deploy(ID, wanted, [], VERIFY);
  expect([run.errors, run.result, [...run.routes].sort()]).toEqual([
    [],
    'verified',
    [...ROUTES, `GET ${SPACE}/runtime`].sort(),
  ]);
});

// One after the other: there is one Space, and the faults are those of its Hub.
test.each(strikes.map((strike) => [`${strike.route}, call ${strike.on}: ${strike.kind.name}`, strike] as const))(
  '%s',
  async (_, strike) => {
    await deployed;
    const place = await lab;

    const run = await place.deploy(ID, wanted, [strike], VERIFY);

    // With slow answers all deadlines are short, and the machine may be busy.
    if (strike.kind.then !== 'slow' || run.result === 'verified') expect(run.errors).toEqual([]);
    expect(run.routes.filter((route) => !route.startsWith('GET '))).toEqual([]);
    expect((await place.look(ID)).state).toEqual(stateOf(wanted, 2));
  },
);
