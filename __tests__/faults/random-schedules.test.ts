import { afterAll, expect, test } from '@jest/globals';
import { randomOf } from '../sampling/random.ts';
import { announce, sample } from '../sampling/sample.ts';
import { filesOf, type Wanted } from './support/app.ts';
import { PASSING, PER_ACTION, type Strike } from './support/faults.ts';
import { startHubs } from './support/hubs.ts';
import { type Lab, openLab, stateOf } from './support/lab.ts';

const { FAULT_SEEDS = '1-200' } = process.env;
const [first = 1, last = first] = FAULT_SEEDS.split('-').map(Number);
const ALL = Array.from({ length: last - first + 1 }, (_, index) => first + index);
/** How many of them are in the sample of `npm test`. */
const SAMPLED = 24;
/**
 * Which schedules are run: `FAULT_SEEDS=137` repeats one that failed, `FAULT_SEEDS=1000-1999` tries others. Apart from
 * how long things take, nothing but the seed decides.
 */
const SEEDS = process.env['FAULT_SEEDS'] === undefined ? sample(ALL, SAMPLED) : ALL;
announce('Random schedules of faults', SEEDS.length, ALL.length);

const LABS = 3;
const MOST_FAULTS = 8;
const MOST_RUNS_AFTERWARDS = 2;

const SPACE = '/api/spaces/:owner/:name';
const ROUTES = [
  `GET ${SPACE}`,
  'POST /api/validate-yaml',
  'POST /api/repos/create',
  `PUT ${SPACE}/settings`,
  `GET ${SPACE}/variables`,
  `POST ${SPACE}/variables`,
  `DELETE ${SPACE}/variables`,
  `GET ${SPACE}/secrets`,
  `POST ${SPACE}/secrets`,
  `DELETE ${SPACE}/secrets`,
  `GET ${SPACE}/commits/:rev`,
  `GET ${SPACE}/host`,
  `GET ${SPACE}/revision/:rev`,
  `POST ${SPACE}/preupload/:rev`,
  'POST /spaces/:owner/:name.git/info/lfs/objects/batch',
  'PUT /storage/:key/:oid/:size',
  'PUT /storage/parts/:upload/:part',
  'POST /api/complete_multipart/:key/:oid/:size/:upload',
  `POST ${SPACE}/commit/:rev`,
  `GET ${SPACE}/logs/:kind`,
  `GET ${SPACE}/runtime`,
];
const WRITES = ROUTES.filter((route) => !route.startsWith('GET'));
const KINDS = [...PASSING.filter(({ then }) => then !== 'slow'), PER_ACTION];

const hubs = startHubs();
const lanes = Array.from({ length: LABS }, () => openLab(hubs));
const queues: Promise<unknown>[] = [...lanes];
afterAll(async () => {
  for (const lab of await Promise.all(lanes)) lab.close();
  await hubs.close();
});

test.concurrent.each(SEEDS)('schedule of seed %d', async (seed) => {
  const lane = seed % LABS;
  const before = queues[lane];
  const done = Promise.resolve(before)
    .catch(() => undefined)
    .then(async () => run(await (lanes[lane] as Promise<Lab>), seed));
  queues[lane] = done;
  expect(await done).toEqual('as if undisturbed');
});

/** Deploys two versions one after the other while faults happen; then without faults. */
async function run(lab: Lab, seed: number): Promise<unknown> {
  const chance = randomOf(seed);
  const id = `me/app-${seed}`;
  const said: unknown[] = [];
  for (const version of [1, 2]) {
    const strikes = schedule(chance);
    const { result, errors } = await lab.deploy(id, versionOf(version), strikes);
    said.push({ version, strikes: strikes.map(({ route, on, kind }) => [route, on, kind.name]), result, errors });
    const { state } = await lab.look(id);
    // The Hub's own first commit, and at most one for each version.
    if ((state?.commits ?? 0) > version + 1) return { seed, wrong: 'more commits than versions', said, state };
    const isRight = state !== undefined && isSame(state, stateOf(versionOf(version), state.commits));
    if (result !== 'failed' && !isRight) return { seed, wrong: 'reports success, but the Space differs', said, state };
    if (errors.some((text) => !/^Fix: ./m.test(text))) return { seed, wrong: 'an error does not say what to do', said };
  }
  for (let runs = 0; runs < MOST_RUNS_AFTERWARDS; runs++) {
    const { result, errors } = await lab.deploy(id, versionOf(2));
    said.push({ result, errors });
    const { state } = await lab.look(id);
    // The first version may have failed before its commit.
    const isRight = [2, 3].some((commits) => isSame(state, stateOf(versionOf(2), commits)));
    if (isRight && errors.length === 0) return 'as if undisturbed';
    said.push(state);
  }
  return { seed, wrong: 'not as if undisturbed', said };
}

function versionOf(version: number): Wanted {
  const turn = version % 2 === 0 ? 'EVEN' : 'ODD';
  return {
    files: filesOf(version),
    variables: { GREETING: `hello ${version}`, [`${turn}_PLACE`]: 'here' },
    secrets: { SESSION: `secret of version ${version}`, [`${turn}_KEY`]: 'the key' },
    visibility: version % 2 === 0 ? 'private' : 'public',
  };
}

/** Mostly short faults and a few lasting ones, more often on routes that write. */
function schedule(chance: () => number): readonly Strike[] {
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  return Array.from({ length: 1 + Math.floor(chance() * MOST_FAULTS) }, () => {
    const route = chance() < 0.6 ? oneOf(WRITES) : oneOf(ROUTES);
    const start = 1 + Math.floor(chance() * 3);
    const length = chance() < 0.2 ? 8 : 1 + Math.floor(chance() * 3);
    return { route, on: Array.from({ length }, (_, index) => start + index), kind: oneOf(KINDS) };
  });
}

function isSame(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}
