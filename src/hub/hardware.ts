import { listOf, numberOf, objectOf, textOf } from './http/json.ts';
import { getJson } from './http/requests.ts';
import type { Session } from './hub.ts';

/** What a flavor costs, as the Hub says. */
export interface HardwarePrice {
  readonly flavor: string;
  /** US dollars for each `unit` of time. */
  readonly usd: number;
  readonly unit: string;
}

/** The prices of all flavors that the Hub offers (hub-contract §5.6). */
export async function hardwarePrices(session: Session): Promise<readonly HardwarePrice[]> {
  const answer = await getJson(session, '/api/spaces/hardware', 'say what its hardware costs');
  return listOf(answer)
    .map(objectOf)
    .flatMap((item): readonly HardwarePrice[] => {
      const [flavor, usd] = [textOf(item['name']), numberOf(item['unitCostUSD'])];
      return flavor === undefined || usd === undefined
        ? []
        : [{ flavor, usd, unit: textOf(item['unitLabel']) ?? 'hour' }];
    });
}
