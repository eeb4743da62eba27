/** Where the Hub expects a docker app, unless `app_port` says otherwise (hub-contract §12.1). */
const DEFAULT_PORT = 7860;

/** The port on which the Hub will expect the app. */
export function appPortOf(card: Readonly<Record<string, unknown>>): number {
  return Number(card['app_port'] ?? DEFAULT_PORT);
}
