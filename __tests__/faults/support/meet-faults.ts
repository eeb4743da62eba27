import { afterAll, expect, test } from '@jest/globals';
import type { Wanted } from './app.ts';
import { type FaultKind, PASSING, PER_ACTION, type Strike } from './faults.ts';
import { startHubs } from './hubs.ts';
import { type Met, openStage, type Seen, type Stage, type State, stateOf } from './lab.ts';

/** A deployment that meets faults, again and again, each time in a new version. */
export interface Story {
  /** The Space of one version; always the same one, when the story is about a Space that is there. */
  readonly space: (version: number) => string;
  readonly wanted: (version: number) => Wanted;
  /** What happens to the Space before each deployment. */
  readonly before?: (stage: Stage, id: string) => Promise<void>;
  /** How many commits the Space then has. */
  readonly commits: (version: number) => number;
  /** How often it calls each route; of polls, how often at least, and of the log, when the build is seen. */
  readonly calls: Readonly<Record<string, number>>;
}

/** What a strike must come to, where it is not what is usual. */
export type Expected = (strike: Strike) => readonly End[] | undefined;
export type End = 'right' | 'explained';

const POLLED = /\/(runtime|logs\/:kind)$/;
const LASTING: readonly FaultKind[] = PASSING.filter(({ name }) => /^503|refused|reset after|HTML/.test(name));
const STAGES = 3;

/** Declares a test for each call of the story and each fault: once in passing, and as long as the deployment lasts. */
export function meetFaults(story: Story, lastingOn: readonly string[], expected: Expected = () => undefined): void {
  const hubs = startHubs();
  const stages = Array.from({ length: STAGES }, () => openPlace(story, hubs));
  const free: Promise<Place>[] = [...stages];
  const waiting: ((place: Promise<Place>) => void)[] = [];
  const taken = async () => free.pop() ?? new Promise<Place>((resolve) => waiting.push(resolve));
  const give = (place: Promise<Place>) => {
    const next = waiting.shift();
    if (next === undefined) free.push(place);
    else next(place);
  };
  const onStage = async <T>(play: (place: Place) => Promise<T>): Promise<T> => {
    const place = await taken();
    try {
      return await play(place);
    } finally {
      give(Promise.resolve(place));
    }
  };
  afterAll(async () => {
    for (const place of await Promise.all(stages)) place.stage.close();
    await hubs.close();
  });

  test('the table names every call that is made', async () => {
    const calls = await onStage(async (place) => {
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

  test.concurrent.each([...single, ...lasting].map((strike) => [titleOf(strike), strike] as const))(
    '%s',
    async (_title, strike) => {
      const { should, ...told } = await onStage((place) => tell(place, story, strike));
      expect(expected(strike) ?? usual(strike)).toContainEqual(told.ended);
      expect(told.space).toEqual(should);
    },
  );
}

/** The official client's calls, which are made again without Xet when they fail. */
const OF_THE_LIBRARY = /lfs\/objects\/batch|\/storage\/|complete_multipart/;

function usual({ route, on, kind }: Strike): readonly End[] {
  if (route.includes('/logs/')) return ['right'];
  // What the Hub has done is found when it is looked up, or named again.
  if (on === 'every' && /after/.test(kind.name)) return ['right', 'explained'];
  // All deadlines are short then, and the machine may be busy.
  if (kind.then === 'slow') return ['right', 'explained'];
  if (kind === PER_ACTION && OF_THE_LIBRARY.test(route)) return ['right'];
  return on === 'every' || kind === PER_ACTION ? ['explained'] : ['right'];
}

interface Place {
  readonly stage: Stage & { close(): void };
  version: number;
}

async function openPlace(story: Story, hubs: ReturnType<typeof startHubs>): Promise<Place> {
  const place = { stage: await openStage(hubs), version: 0 };
  const first = await deployed(place, story, []);
  if (first.failed) throw new Error(first.errors.join('\n'));
  return place;
}

async function deployed(place: Place, story: Story, strikes: readonly Strike[]): Promise<Met> {
  const version = ++place.version;
  const [id, wanted] = [story.space(version), story.wanted(version)];
  await story.before?.(place.stage, id);
  const isPolledInVain = strikes.some(({ route, on }) => on === 'every' && route.endsWith('/runtime'));
  return place.stage.deploy(id, wanted, strikes, isPolledInVain ? { inputs: { timeout: '60s' } } : {});
}

/** One deployment through a fault, and a second one without any where the first says that it failed. */
async function tell(place: Place, story: Story, strike: Strike) {
  const { stage } = place;
  const run = await deployed(place, story, [strike]);
  const [id, wanted] = [story.space(place.version), story.wanted(place.version)];
  const should = stateOf(wanted, story.commits(place.version));
  const seen = await stage.look(id);
  if (!hasMet(run, strike)) return { ended: 'never met', space: run.routes, should };
  if (!run.failed) return { ended: success(run, seen), space: seen.state, should };
  const again = await stage.deploy(id, wanted);
  const space = again.failed ? again.errors : (await stage.look(id)).state;
  return { ended: explained(run, seen, strike, should), space, should };
}

/** How often is polled, and whether the log is read, depends on how long things take. */
function hasMet({ routes }: Met, { route, on }: Strike): boolean {
  if (POLLED.test(route) || typeof on !== 'number') return true;
  return routes.filter((other) => other === route).length >= on;
}

function success({ result, errors, outputs }: Met, { head }: Seen) {
  return result === 'deployed' && errors.length === 0 && outputs['commit'] === head
    ? 'right'
    : ['a wrong success', outputs];
}

function explained({ result, errors }: Met, { state }: Seen, { kind, on }: Strike, should: State) {
  if ((state?.commits ?? 0) > should.commits) return ['too many commits', state?.commits];
  const saysWhatToDo = errors.length > 0 && errors.every((text) => /^Cure: ./m.test(text));
  const saysWhy = on !== 'every' || errors.some((text) => kind.reason.test(text));
  return result === 'failed' && saysWhatToDo && saysWhy ? 'explained' : ['not explained', errors];
}

function titleOf({ route, on, kind }: Strike): string {
  return `${route}, ${on === 'every' ? 'every call' : `call ${on}`}: ${kind.name}`;
}
