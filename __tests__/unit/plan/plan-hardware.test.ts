import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import type { Step } from '../../../src/plan/plan.ts';
import { costsOf, planHardware } from '../../../src/plan/plan-hardware.ts';
import type { Runtime } from '../../../src/space/space-state.ts';
import { spaceOf } from '../space-of.ts';

type Wish = Pick<Inputs, 'hardware' | 'sleepTimeSeconds'>;
const reason = 'the input says so';
const FREE = { hardware: 'cpu-basic', sleepSeconds: 172_800 };

test.each<[string, Wish, Partial<Runtime> | undefined, readonly Step[]]>([
  ['nothing', {}, FREE, []],
  ['what is there', { hardware: 'cpu-basic' }, FREE, []],
  ['what is there by its other name', { hardware: 'zerogpu' }, { hardware: 'zero-a10g' }, []],
  ['what is there by its first name', { hardware: 'zero-a10g' }, { hardware: 'zerogpu' }, []],
  ['more', { hardware: 't4-small' }, FREE, [{ kind: 'set-hardware', from: 'cpu-basic', to: 't4-small', reason }]],
  [
    'more, that sleeps',
    { hardware: 't4-small', sleepTimeSeconds: 60 },
    FREE,
    [{ kind: 'set-hardware', from: 'cpu-basic', to: 't4-small', sleepTimeSeconds: 60, reason }],
  ],
  [
    'less',
    { hardware: 'cpu-basic' },
    { hardware: 't4-small' },
    [{ kind: 'set-hardware', from: 't4-small', to: 'cpu-basic', reason }],
  ],
  [
    'some, of a Space that does not say',
    { hardware: 't4-small' },
    {},
    [{ kind: 'set-hardware', to: 't4-small', reason }],
  ],
  ['sleep', { sleepTimeSeconds: 60 }, { hardware: 't4-small' }, [{ kind: 'set-sleep-time', from: -1, to: 60, reason }]],
  [
    'no sleep',
    { sleepTimeSeconds: -1 },
    { hardware: 't4-small', sleepSeconds: 60 },
    [{ kind: 'set-sleep-time', from: 60, to: -1, reason }],
  ],
  ['the same sleep', { hardware: 't4-small', sleepTimeSeconds: 60 }, { hardware: 't4-small', sleepSeconds: 60 }, []],
  ['the same wakefulness', { sleepTimeSeconds: -1 }, { hardware: 't4-small' }, []],
  ['more, of a new Space, which is made with it', { hardware: 't4-small', sleepTimeSeconds: 60 }, undefined, []],
])('asked for %s', (_, wish, runtime, steps) => {
  const space =
    runtime === undefined ? { kind: 'missing' as const } : spaceOf({ runtime: { stage: 'RUNNING', ...runtime } });
  expect(planHardware(wish, space)).toEqual(steps);
});

test.each<[string, Wish, Runtime | undefined]>([
  ['a Space on free hardware', { sleepTimeSeconds: 60 }, { stage: 'RUNNING', ...FREE }],
  [
    'one that becomes free',
    { hardware: 'cpu-basic', sleepTimeSeconds: 60 },
    { stage: 'RUNNING', hardware: 't4-small' },
  ],
  ['a new one', { sleepTimeSeconds: 60 }, undefined],
])('the sleep of %s is not for us to set', (_, wish, runtime) => {
  const space = runtime === undefined ? { kind: 'missing' as const } : spaceOf({ runtime });
  expect(() => planHardware(wish, space)).toThrow(
    new Failure('inputs', { what: 'cpu-basic sleeps after 48 hours without a visit, and that cannot be changed.' }),
  );
});

const PRICE = '`t4-small` costs money for as long as the Space runs: https://huggingface.co/pricing.';

test.each<[Step, readonly string[]]>([
  [{ kind: 'set-hardware', to: 'cpu-basic', reason }, []],
  [{ kind: 'set-hardware', to: 'zero-a10g', reason }, []],
  [
    { kind: 'set-hardware', to: 't4-small', reason },
    [`${PRICE} It never sleeps by itself; \`sleep-time\` would let it.`],
  ],
  [
    { kind: 'set-hardware', to: 't4-small', sleepTimeSeconds: 60, reason },
    [`${PRICE} It sleeps after 60 s without a visit, and costs nothing then.`],
  ],
  [
    { kind: 'create', sdk: 'gradio', visibility: 'public', hardware: 't4-small', sleepTimeSeconds: -1, reason },
    [`${PRICE} It never sleeps by itself; \`sleep-time\` would let it.`],
  ],
  [{ kind: 'create', sdk: 'gradio', visibility: 'public', reason }, []],
  [
    { kind: 'set-sleep-time', from: 60, to: -1, reason },
    ['The Space will never sleep, and its hardware is paid for day and night.'],
  ],
  [{ kind: 'set-sleep-time', from: -1, to: 60, reason }, []],
])('what it costs: %j', (step, costs) => {
  expect(costsOf([step])).toEqual(costs);
});

test('the price is told where the Hub says it', () => {
  const step: Step = { kind: 'set-hardware', to: 't4-small', sleepTimeSeconds: 60, reason };
  const price = { usd: 0.4, unit: 'hour' };
  const said =
    '`t4-small` costs $0.4 an hour for as long as the Space runs: https://huggingface.co/pricing. It sleeps after 60 s without a visit, and costs nothing then.';
  expect(costsOf([step], { flavor: 't4-small', price })).toEqual([said]);
  expect(costsOf([step], { flavor: 't4-small' })).toEqual([said.replace('$0.4 an hour', 'money')]);
});
