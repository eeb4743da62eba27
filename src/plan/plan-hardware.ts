import { Failure } from '../base/failure.ts';
import { FREE_HARDWARE, isPaid, isSameHardware, NEVER, noSleepTime } from '../inputs/hardware.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Hardware } from '../space/read-price.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { Step } from './plan.ts';

type Wish = Pick<Inputs, 'hardware' | 'sleepTimeSeconds'>;

/**
 * New hardware, or a new sleep time, for a Space that exists. A new Space is created with both.
 *
 * @throws Failure `inputs` when the Space is on free hardware, whose sleep time the Hub alone decides
 */
export function planHardware({ hardware, sleepTimeSeconds }: Wish, space: SpaceState): readonly Step[] {
  const now = space.kind === 'present' ? space.runtime : { hardware: FREE_HARDWARE };
  if (sleepTimeSeconds !== undefined && (hardware ?? now.hardware) === FREE_HARDWARE)
    throw new Failure('inputs', noSleepTime());
  if (space.kind === 'missing') return [];
  if (hardware !== undefined && !isSameHardware(hardware, now.hardware ?? '')) {
    return [
      {
        kind: 'set-hardware',
        to: hardware,
        from: now.hardware,
        sleepTimeSeconds,
        reason: 'the input says so',
      },
    ];
  }
  const sleepSeconds = space.runtime.sleepSeconds ?? NEVER;
  return sleepTimeSeconds === undefined || sleepTimeSeconds === sleepSeconds
    ? []
    : [{ kind: 'set-sleep-time', from: sleepSeconds, to: sleepTimeSeconds, reason: 'the input says so' }];
}

/** What the owner will pay for because of these steps, in words; empty when they cost nothing. */
export function costsOf(steps: readonly Step[], known?: Hardware): readonly string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'set-sleep-time') {
      return step.to === NEVER ? ['The Space will never sleep, and its hardware is paid for day and night.'] : [];
    }
    const hardware = step.kind === 'set-hardware' ? step.to : step.kind === 'create' ? step.hardware : undefined;
    if (hardware === undefined || !isPaid(hardware)) return [];
    const { sleepTimeSeconds } = step as Extract<Step, { kind: 'create' | 'set-hardware' }>;
    const sleep =
      sleepTimeSeconds === undefined || sleepTimeSeconds === NEVER
        ? 'It never sleeps by itself; `sleep-time` would let it.'
        : `It sleeps after ${sleepTimeSeconds} s without a visit, and costs nothing then.`;
    const price = known !== undefined && isSameHardware(known.flavor, hardware) ? known.price : undefined;
    const cost = price === undefined ? 'money' : `$${price.usd} an ${price.unit}`;
    return [`\`${hardware}\` costs ${cost} for as long as the Space runs: https://huggingface.co/pricing. ${sleep}`];
  });
}
