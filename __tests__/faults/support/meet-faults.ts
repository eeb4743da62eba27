import { afterAll, expect, test } from '@jest/globals';
import { announce, sample } from '../../sampling/sample.ts';
import type { Wanted } from './app.ts';
import { type FaultKind, PASSING, PER_ACTION, type Strike } from './faults.ts';
import { startHubs } from './hubs.ts';
import { type FaultyRun, type Found, type Lab, openLab, type State, stateOf } from './lab.ts';

/** A deployment that is repeated for every fault, each time with a new version. */
export interface Story {
  /** What it is called in the output. */
  readonly title: string;
  /** The Space that a version goes to; always the same one where the story is about an existing Space. */
  readonly space: (version: number) => string;
  readonly wanted: (version: number) => Wanted;
  /** What happens to the Space before each deployment. */
  readonly before?: (lab: Lab, id: string, version: number) => Promise<void>;
  /** Inputs of every run, beside those that the version needs. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** How a run that succeeds ends; `deployed` when absent. */
  readonly result?: string;
  /** How many commits the Space has afterwards. */
  readonly commits: (version: number) => number;
  /** How often it calls each route. For polls: at least this often. For the log: when the build is observed. */
  readonly calls: Readonly<Record<string, number>>;
}

/** How a fault must end where that differs from the usual. */
export type Expected = (strike: Strike) => readonly End[] | undefined;
export type End = 'right' | 'explained';

const POLLED = /\/(runtime|logs\/:kind)$/;
const LASTING: readonly FaultKind[] = PASSING.filter(({ name }) => /^503|refused|reset after|HTML/.test(name));
const LABS = 3;
/** How many cases of each story are in the sample of `npm test`. */
const SAMPLED = 40;

/** Declares a test for each call of the story and each fault: once for a single call, once for every call. */
export function meetFaults(story: Story, lastingOn: readonly string[], expected: Expected = () => undefined): void {
  const hubs = startHubs();
  const places = Array.from({ length: LABS }, () => openPlace(story, hubs));
  const free: Promise<Place>[] = [...places];
  const waiting: ((place: Promise<Place>) => void)[] = [];
  const taken = async () => free.pop() ?? new Promise<Place>((resolve) => waiting.push(resolve));
  const give = (place: Promise<Place>) => {
    const next = waiting.shift();
    if (next === undefined) free.push(place);
    else next(place);
  };
  const inFreeLab = async <T>(run: (place: Place) => Promise<T>): Promise<T> => {
    const place = await taken();
    try {
      return await run(place);
    } finally {
      give(Promise.resolve(place));
    }
  };
  afterAll(async () => {
    for (const place of await Promise.all(places)) place.lab.close();
    await hubs.close();
  });

  test('the table lists every call of the deployment', async () => {
    const calls = await inFreeLab(async (place) => {
      const { routes } = await deployed(place, story, []);
      return Object.fromEntries(routes.map((route) => [route, routes.filter((other) => other === route).length]));
    });
    const polled = (table: Readonly<Record<string, number>>) =>
      Object.fromEntries(Object.entries(table).filter(([route]) => !POLLED.test(route)));
    expect(polled(calls)).toEqual(polled(story.calls));
  });

  const single = Object.entries(story.calls).flatMap(([route, calls]) =>
    [...new Set([1, 2, calls])]
      .filter((on) => on <= calls)
      .flatMap((on) => [...PASSING, PER_ACTION].map((kind): Strike => ({ route, on, kind }))),
  );
  const lasting = lastingOn.flatMap((route) => LASTING.map((kind): Strike => ({ route, on: 'every', kind })));

  const strikes = [...single, ...lasting];
  const drawn = sample(strikes, SAMPLED);
  announce(`Faults at each call of ${story.title}`, drawn.length, strikes.length);

  test.concurrent.each(drawn.map((strike) => [titleOf(strike), strike] as const))('%s', async (_title, strike) => {
    const { should, ...actual } = await inFreeLab((place) => deployThrough(place, story, strike));
    expect(expected(strike) ?? usual(strike)).toContainEqual(actual.ended);
    expect(actual.space).toEqual(should);
  });
}

/** Calls of the official client, which repeats them without Xet when they fail. */
const OF_THE_LIBRARY = /lfs\/objects\/batch|\/storage\/|complete_multipart/;

function usual({ route, on, kind }: Strike): readonly End[] {
  if (route.includes('/logs/')) return ['right'];
  // The change was made: the run finds it when it looks again, or sends it once more.
  if (on === 'every' && /after/.test(kind.name)) return ['right', 'explained'];
  // With slow answers all deadlines are short, and the machine may be busy.
  if (kind.then === 'slow') return ['right', 'explained'];
  if (kind === PER_ACTION && OF_THE_LIBRARY.test(route)) return ['right'];
  // While a deployment is followed, a look that fails is followed by another one.
  if (kind === PER_ACTION && route.endsWith('/runtime') && on !== 1) return ['right'];
  return on === 'every' || kind === PER_ACTION ? ['explained'] : ['right'];
}

interface Place {
  readonly lab: Lab & { close(): void };
  version: number;
}

async function openPlace(story: Story, hubs: ReturnType<typeof startHubs>): Promise<Place> {
  const place = { lab: await openLab(hubs), version: 0 };
  const first = await deployed(place, story, []);
  if (first.failed) throw new Error(first.errors.join('\n'));
  return place;
}

async function deployed(place: Place, story: Story, strikes: readonly Strike[]): Promise<FaultyRun> {
  const version = ++place.version;
  const [id, wanted] = [story.space(version), story.wanted(version)];
  await story.before?.(place.lab, id, version);
  const isPolledInVain = strikes.some(({ route, on }) => on === 'every' && route.endsWith('/runtime'));
  const inputs = { ...story.inputs, ...(isPolledInVain ? { timeout: '60s' } : {}) };
  return place.lab.deploy(id, wanted, strikes, { inputs });
}

/** One deployment that meets a fault, and a second one without any if the first reports a failure. */
async function deployThrough(place: Place, story: Story, strike: Strike) {
  const { lab } = place;
  const run = await deployed(place, story, [strike]);
  const [id, wanted] = [story.space(place.version), story.wanted(place.version)];
  const should = stateOf(wanted, story.commits(place.version));
  const seen = await lab.look(id);
  if (!hasMet(run, strike)) return { ended: 'never met', space: run.routes, should };
  if (!run.failed) return { ended: success(run, seen, story), space: seen.state, should };
  const again = await lab.deploy(id, wanted, [], { inputs: story.inputs ?? {} });
  const space = again.failed ? again.errors : (await lab.look(id)).state;
  return { ended: explained(run, seen, strike, should), space, should };
}

/** How often the run polls, and whether it reads the log, depends on how long things take. */
function hasMet({ routes }: FaultyRun, { route, on, kind }: Strike): boolean {
  // A call that is refused never arrives, and this one is not repeated where the README turns out to be the same.
  if (kind.then === 'refused' && route.endsWith('/validate-yaml')) return true;
  if (POLLED.test(route) || typeof on !== 'number') return true;
  return routes.filter((other) => other === route).length >= on;
}

function success({ result, errors, outputs }: FaultyRun, { head }: Found, story: Story) {
  return result === (story.result ?? 'deployed') && errors.length === 0 && outputs['commit'] === head
    ? 'right'
    : ['a wrong success', outputs];
}

function explained({ result, errors }: FaultyRun, { state }: Found, { kind, on }: Strike, should: State) {
  if ((state?.commits ?? 0) > should.commits) return ['too many commits', state?.commits];
  const saysWhatToDo = errors.length > 0 && errors.every((text) => /^Fix: ./m.test(text));
  const saysWhy = on !== 'every' || errors.some((text) => kind.reason.test(text));
  return result === 'failed' && saysWhatToDo && saysWhy ? 'explained' : ['not explained', errors];
}

function titleOf({ route, on, kind }: Strike): string {
  return `${route}, ${on === 'every' ? 'every call' : `call ${on}`}: ${kind.name}`;
}
