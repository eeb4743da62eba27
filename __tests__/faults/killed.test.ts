import type { ChildProcess } from 'node:child_process';
import { afterAll, expect, test } from '@jest/globals';
import { announce, sample } from '../sampling/sample.ts';
import { filesOf, type Wanted } from './support/app.ts';
import { startHubs } from './support/hubs.ts';
import { type Moment, startKillingGateway } from './support/killing-gateway.ts';
import { type Lab, openLab, stateOf } from './support/lab.ts';

// Not before the above, since it brings node:crypto: see quick-hash.ts.
const { runAction } = await import('../scenarios/support/run-action.ts');

/**
 * The built bundle is killed with SIGKILL before and after every request, then run again.
 *
 * How many requests a first deployment makes up to its commit; it reads the runtime at least three times after that.
 */
const UNTIL_THE_COMMIT = 23;
const REQUESTS_OF_A_FIRST = UNTIL_THE_COMMIT + 3;
/** Sets two variables and two secrets, deletes one of each, changes the visibility and commits. */
const WRITES_OF_A_SECOND = 8;
const WRITE = /^(?!GET).*\/(settings|variables|secrets|commit\/(main|:rev))$/;

const hubs = startHubs();
const LANES = 3;
const lanes = Array.from({ length: LANES }, () => openLab(hubs));
const queues: Promise<unknown>[] = [...lanes];
let next = 0;
afterAll(async () => {
  for (const lab of await Promise.all(lanes)) lab.close();
  await hubs.close();
});

/** Runs in one of the labs as soon as that one is free. */
function inFreeLab<T>(run: (lab: Lab) => Promise<T>): Promise<T> {
  const lane = next++ % LANES;
  const done = Promise.resolve(queues[lane])
    .catch(() => undefined)
    .then(async () => run(await (lanes[lane] as Promise<Lab>)));
  queues[lane] = done;
  return done;
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

/** Deploys a version and kills the run at a given moment, then deploys again without disturbing it. */
async function killedAndRunAgain(lab: Lab, id: string, version: number, moment: Moment) {
  const wanted = versionOf(version);
  const { inputs, directory } = lab.prepare(id, wanted);
  let child: ChildProcess | undefined;
  await using gateway = await startKillingGateway(lab.url, moment, () => child?.kill('SIGKILL'));
  const killed = await runAction({
    inputs: { ...inputs, 'hub-url': gateway.url },
    workspace: directory,
    // The run that follows has a cheap hash too, and knows the fingerprints of this one.
    onStart: (started) => {
      child = started;
    },
  });
  const again = await lab.deploy(id, wanted);
  const { state } = await lab.look(id);
  return { exitCode: killed.exitCode, errors: again.errors, state };
}

const moments = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1).flatMap((request) =>
    (['before', 'after'] as const).map((when): [Moment['when'], number] => [when, request]),
  );

test.concurrent('these are all the requests of both deployments', async () => {
  const { first, second } = await inFreeLab(async (lab) => ({
    first: await lab.deploy('me/counted', versionOf(1)),
    second: await lab.deploy('me/counted', versionOf(2)),
  }));

  const requests = first.routes.filter((route) => !route.includes('/logs/'));
  expect(requests.findIndex((route) => route.includes('/commit/')) + 1).toBe(UNTIL_THE_COMMIT);
  expect(second.routes.filter((route) => WRITE.test(route))).toHaveLength(WRITES_OF_A_SECOND);
});

const OF_A_FIRST = moments(REQUESTS_OF_A_FIRST);
const OF_A_SECOND = moments(WRITES_OF_A_SECOND);
/** How many of them are in the sample of `npm test`. */
const SAMPLED = { first: 10, second: 5 };
const first = sample(OF_A_FIRST, SAMPLED.first);
const second = sample(OF_A_SECOND, SAMPLED.second);
announce('Moments to be killed at', first.length + second.length, OF_A_FIRST.length + OF_A_SECOND.length);

test.concurrent.each(first)('a first deployment, killed %s the Hub acts on request %d', async (when, request) => {
  const moment: Moment = { when, request, matches: (_, path) => !path.includes('/logs/') };

  const { exitCode, errors, state } = await inFreeLab((lab) =>
    killedAndRunAgain(lab, `me/first-${when}-${request}`, 1, moment),
  );

  expect([exitCode, errors, state]).toEqual([null, [], stateOf(versionOf(1), 2)]);
});

test.concurrent.each(second)('a second deployment, killed %s the Hub acts on write %d', async (when, request) => {
  const id = `me/second-${when}-${request}`;
  const isWrite = (method: string, path: string) => WRITE.test(`${method} ${path}`);

  const { first, second } = await inFreeLab(async (lab) => ({
    first: await lab.deploy(id, versionOf(1)),
    second: await killedAndRunAgain(lab, id, 2, { when, request, matches: isWrite }),
  }));

  expect([first.errors, second.exitCode, second.errors]).toEqual([[], null, []]);
  expect(second.state).toEqual(stateOf(versionOf(2), 3));
});
