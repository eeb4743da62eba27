import { expect, test } from '@jest/globals';
import { followBuildLog, hasRefusedImage } from '../../../src/verify/build-log.ts';
import { fakeHub } from '../hub/fake-hub.ts';

const OURS = '151a283'.padEnd(40, '0');
const UNOWNED = '(The Hub does not say which commit this build log belongs to: it may be of another build.)';
const head = (sha?: string) =>
  `===== Build Queued at 2026-04-04 11:56:33${sha === undefined ? '' : ` / Commit SHA: ${sha}`} =====`;
const eventsOf = (lines: readonly string[]) =>
  lines.map((line) => `data: ${JSON.stringify({ data: `${line}\n`, timestamp: '2026-04-04T11:56:33Z' })}\n\n`).join('');

/** What is shown of a log, and whose it is said to be. */
async function followed(...lines: readonly string[]) {
  const { session } = fakeHub({ status: 200, body: eventsOf(lines) });
  const asleep = { ...session, clock: { ...session.clock, sleep: () => new Promise<void>(() => undefined) } };
  const log = followBuildLog(asleep, 'me/app', OURS);
  await new Promise((resolve) => setTimeout(resolve, 20));
  log.close();
  return [log.take(), log.tail(), log.owner?.commit];
}

test.each<[string, readonly string[], readonly string[], readonly string[], string | undefined]>([
  ['ours', [head('151a283'), 'a'], [head('151a283'), 'a'], [head('151a283'), 'a'], '151a283'],
  ["another commit's", [head('fffffff'), 'a'], [], [], 'fffffff'],
  [
    'ours after another',
    [head('fffffff'), 'a', head('151a283'), 'b'],
    [head('151a283'), 'b'],
    [head('151a283'), 'b'],
    '151a283',
  ],
  ["nobody's, by its head", [head(), 'a'], [UNOWNED, head(), 'a'], [UNOWNED, head(), 'a'], undefined],
  ["nobody's, without a head", ['a', 'b'], [UNOWNED, 'a', 'b'], [UNOWNED, 'a', 'b'], undefined],
  [
    "nobody's after another",
    [head('fffffff'), 'a', head(), 'b'],
    [UNOWNED, head(), 'b'],
    [UNOWNED, head(), 'b'],
    undefined,
  ],
])('a build log that is %s', async (_, lines, shown, tail, owner) => {
  expect(await followed(...lines)).toEqual([shown, tail, owner]);
});

test.each([
  ['ERROR: failed to push spaces-registry.huggingface.tech/me/app:1: unexpected status: 401 Unauthorized', true],
  ['ERROR: failed to push private.docker-builder-registry.internal/x: failed to authorize: 500', true],
  ['#12 ERROR: put https://spaces-registry.huggingface.tech/v2/x: unexpected status from PUT request: 502', true],
  ["error: failed to push some refs to 'https://github.com/me/app'", false],
  ['--> Pushing image', false],
])('%s: the registry of the Hub refused the image, or not', (line, isRefused) => {
  expect(hasRefusedImage(['--> Pushing image', line])).toBe(isRefused);
});
