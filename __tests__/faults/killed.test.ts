import type { ChildProcess } from 'node:child_process';
import { afterAll, expect, test } from '@jest/globals';
import { QUICK_HASH } from '../scenarios/support/quick-hash.ts';
import { filesOf, type Wanted } from './support/app.ts';
import { startHubs } from './support/hubs.ts';
import { type Moment, startKillingGateway } from './support/killing-gateway.ts';
import { openStage, type Stage, stateOf } from './support/lab.ts';

// Not before the above, since it brings node:crypto: see quick-hash.ts.
const { runAction } = await import('../scenarios/support/run-action.ts');

/**
 * The built bundle, killed with SIGKILL at every boundary of a request, then run again.
 *
 * A first deployment makes so many requests until its commit, and at least three looks at the runtime after it.
 */
const UNTIL_THE_COMMIT = 18;
const REQUESTS_OF_A_FIRST = UNTIL_THE_COMMIT + 3;
/** Two variables and two secrets are set and one of each deleted, the visibility is changed; then comes the commit. */
const WRITES_OF_A_SECOND = 8;
const WRITE = /^(?!GET).*\/(settings|variables|secrets|commit\/(main|:rev))$/;

const hubs = startHubs();
const LANES = 3;
const lanes = Array.from({ length: LANES }, () => openStage(hubs));
const queues: Promise<unknown>[] = [...lanes];
let next = 0;
afterAll(async () => {
  for (const stage of await Promise.all(lanes)) stage.close();
  await hubs.close();
});

/** Plays on one of the stages, when it is free. */
function onStage<T>(play: (stage: Stage) => Promise<T>): Promise<T> {
  const lane = next++ % LANES;
  const played = Promise.resolve(queues[lane])
    .catch(() => undefined)
    .then(async () => play(await (lanes[lane] as Promise<Stage>)));
  queues[lane] = played;
  return played;
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

/** Deploys a version and kills it at a moment, then deploys it undisturbed. */
async function killedAndRunAgain(stage: Stage, id: string, version: number, moment: Moment) {
  const wanted = versionOf(version);
  const { inputs, directory } = stage.prepare(id, wanted);
  let child: ChildProcess | undefined;
  await using gateway = await startKillingGateway(stage.url, moment, () => child?.kill('SIGKILL'));
  const killed = await runAction({
    inputs: { ...inputs, 'hub-url': gateway.url },
    workspace: directory,
    // The run that follows has a cheap hash too, and knows the fingerprints of this one.
    env: QUICK_HASH,
    onStart: (started) => {
      child = started;
    },
  });
  const again = await stage.deploy(id, wanted);
  const { state } = await stage.look(id);
  return { exitCode: killed.exitCode, errors: again.errors, state };
}

const moments = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1).flatMap((request) =>
    (['before', 'after'] as const).map((when): [Moment['when'], number] => [when, request]),
  );

test.concurrent('these are all of them', async () => {
  const { first, second } = await onStage(async (stage) => ({
    first: await stage.deploy('me/counted', versionOf(1)),
    second: await stage.deploy('me/counted', versionOf(2)),
  }));

  const requests = first.routes.filter((route) => !route.includes('/logs/'));
  expect(requests.findIndex((route) => route.includes('/commit/')) + 1).toBe(UNTIL_THE_COMMIT);
  expect(second.routes.filter((route) => WRITE.test(route))).toHaveLength(WRITES_OF_A_SECOND);
});

test.concurrent.each(moments(REQUESTS_OF_A_FIRST))(
  'a first deployment, killed %s the Hub acts on request %d',
  async (when, request) => {
    const moment: Moment = { when, request, matches: (_, path) => !path.includes('/logs/') };

    const { exitCode, errors, state } = await onStage((stage) =>
      killedAndRunAgain(stage, `me/first-${when}-${request}`, 1, moment),
    );

    expect([exitCode, errors, state]).toEqual([null, [], stateOf(versionOf(1), 2)]);
  },
);

test.concurrent.each(moments(WRITES_OF_A_SECOND))(
  'a second deployment, killed %s the Hub acts on write %d',
  async (when, request) => {
    const id = `me/second-${when}-${request}`;
    const isWrite = (method: string, path: string) => WRITE.test(`${method} ${path}`);

    const { first, second } = await onStage(async (stage) => ({
      first: await stage.deploy(id, versionOf(1)),
      second: await killedAndRunAgain(stage, id, 2, { when, request, matches: isWrite }),
    }));

    expect([first.errors, second.exitCode, second.errors]).toEqual([[], null, []]);
    expect(second.state).toEqual(stateOf(versionOf(2), 3));
  },
);
