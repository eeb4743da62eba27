import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Rig, rig } from '../../emulator/runtime/rig.ts';
import { labelledBy, openEngine, type TestEngine } from './engine.ts';
import { KINDS } from './kinds.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await openEngine();
});

afterAll(async () => {
  await engine?.runtime.close();
});

test.each(KINDS)('$kind', async ({ files, variables = {}, answer }) => {
  await using space = await rig({ start: engine.runtime.start });
  Object.assign(space.variables, variables);
  space.push(files);

  expect(await outcome(space)).toEqual({ stage: 'RUNNING', answer });
});

test('nothing of all this is left', () => {
  expect(labelledBy(engine)).toEqual([]);
});

/** Where it came to, and the build log when that is no answer. */
async function outcome(space: Rig): Promise<unknown> {
  try {
    await space.until('RUNNING');
    return { stage: space.space.answer().stage, answer: (await space.get('/')).body };
  } catch (error) {
    return { error, buildLog: space.space.buildLog.lines.map(({ data }) => data).join('') };
  }
}
