/**
 * Name of a Space's app host (hub-contract §16.1). Doubled and edge dashes are collapsed, which is a guess; how the Hub
 * shortens long ones is unknown, so it is cut at the 63 characters of a DNS label.
 */
export function slugOf(id: string): string {
  const dashed = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return dashed.replaceAll(/^-|-$/g, '').slice(0, 63);
}
