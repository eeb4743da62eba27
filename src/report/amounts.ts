import prettyBytes from 'pretty-bytes';
import type { Hardware } from '../space/read-price.ts';

/** `3.4 kB`, or `3.1 kB → 3.4 kB` where the size differs. */
export function bytesBecome(was: number, is: number): string {
  return was === is ? prettyBytes(is) : `${prettyBytes(was)} → ${prettyBytes(is)}`;
}

/** `3600 s`, `never`: after how long without a visit a Space sleeps. */
export function sleepTime(seconds: number): string {
  return seconds < 0 ? 'never' : `${seconds} s`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `$0.4 an hour`, `free`: what hardware costs; undefined where the Hub does not say. */
export function priceOf({ price }: Hardware): string | undefined {
  if (price === undefined) return undefined;
  return price.usd === 0 ? 'free' : `$${price.usd} an ${price.unit}`;
}
