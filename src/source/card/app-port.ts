import { DEFAULT_PORT } from './sdk.ts';

/** The port on which the Hub will expect the app. */
export function appPortOf(card: Readonly<Record<string, unknown>>): number {
  return Number(card['app_port'] ?? DEFAULT_PORT);
}
