import type { Problem } from '../base/failure.ts';
import { bad, good, type Parsed } from './parsed.ts';
import type { Sdk } from './sdk.ts';

/** What a Space runs on when nobody asks for more: free, and only the Hub decides when it sleeps (hub-contract §17). */
export const FREE_HARDWARE = 'cpu-basic';

/** Seconds without a visit until a Space sleeps, when it never does. */
export const NEVER = -1;

/** A flavor by the Hub's name for it; only the Hub knows which ones there are (hub-contract §5.6). */
export function parseHardware(text: string): Parsed<string | undefined> {
  if (text === '') return good(undefined);
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
    ? good(text)
    : bad({
        what: `${JSON.stringify(text)} is not the name of a hardware flavor.`,
        fix: 'Write it as the Hub does: cpu-basic, cpu-upgrade, t4-small, a10g-small, zero-a10g.',
      });
}

/** Seconds without a visit after which a Space sleeps; -1 is never. */
export function parseSleepTime(text: string): Parsed<number | undefined> {
  if (text === '') return good(undefined);
  return /^(-1|[1-9]\d{0,8})$/.test(text)
    ? good(Number(text))
    : bad({
        what: `${JSON.stringify(text)} is not a number of seconds.`,
        fix: 'Write whole seconds without a visit, as 3600, or -1 for never.',
      });
}

/** The hardware that was asked for, and the seconds without a visit after which it sleeps. */
interface Hardware {
  readonly hardware?: string | undefined;
  readonly sleepTimeSeconds?: number | undefined;
}

/** Why a Space of this kind cannot run on the hardware that was asked for (hub-contract §5.1, §13.3). */
export function hardwareProblems({ hardware, sleepTimeSeconds }: Hardware, sdk: Sdk | undefined): readonly Problem[] {
  const given = hardware === undefined ? 'sleep-time' : 'hardware';
  if (sdk === 'static' && (hardware !== undefined || sleepTimeSeconds !== undefined)) {
    return [
      {
        where: `input \`${given}\``,
        what: 'A static Space runs on no hardware and never sleeps.',
        fix: 'Leave `hardware` and `sleep-time` out.',
      },
    ];
  }
  if (hardware !== undefined && isZeroGpu(hardware) && sdk !== undefined && sdk !== 'gradio') {
    return [
      {
        where: 'input `hardware`',
        what: `${hardware} is for gradio Spaces, and this is a ${sdk} one.`,
        fix: 'Choose other hardware.',
      },
    ];
  }
  return hardware === FREE_HARDWARE && sleepTimeSeconds !== undefined ? [noSleepTime()] : [];
}

/** Only the Hub decides when a free Space sleeps. */
export function noSleepTime(): Problem {
  return {
    where: 'input `sleep-time`',
    what: `${FREE_HARDWARE} sleeps after 48 hours without a visit, and that cannot be changed.`,
    fix: 'Leave `sleep-time` out, or choose other `hardware`.',
  };
}

/** Whether the owner pays for each hour that it runs; an unknown flavor counts as paid. */
export function isPaid(hardware: string): boolean {
  return hardware !== FREE_HARDWARE && !isZeroGpu(hardware);
}

/** Whether two names mean one flavor: the Hub reads `zerogpu` back as `zero-a10g` (hub-contract §5.6). */
export function isSameHardware(one: string, other: string): boolean {
  return one === other || (isZeroGpu(one) && isZeroGpu(other));
}

function isZeroGpu(hardware: string): boolean {
  return /^zero(gpu|-)/.test(hardware);
}
