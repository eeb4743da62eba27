import { Failure } from '../base/failure.ts';
import { type HardwarePrice, hardwarePrices } from '../hub/hardware.ts';
import type { Session } from '../hub/hub.ts';
import { isPaid, isSameHardware } from '../inputs/hardware.ts';

/** The hardware that a Space is to run on, and its price where the Hub says it. */
export interface Hardware {
  readonly flavor: string;
  readonly price?: Pick<HardwarePrice, 'usd' | 'unit'> | undefined;
}

/** Reads the price of hardware that was asked for, or that is paid already; undefined where neither is so. */
export async function readPrice(
  session: Session,
  wanted: string | undefined,
  present: string | undefined,
): Promise<Hardware | undefined> {
  const flavor = wanted ?? present;
  if (flavor === undefined || (wanted === undefined && !isPaid(flavor))) return undefined;
  try {
    const found = (await hardwarePrices(session)).find((each) => isSameHardware(each.flavor, flavor));
    return { flavor, price: found && { usd: found.usd, unit: found.unit } };
  } catch (error) {
    // A price that is not known is no reason to fail.
    if (error instanceof Failure) return { flavor };
    throw error;
  }
}
