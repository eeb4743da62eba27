/**
 * Name of a Space's app host (hub-contract §16.1). That doubled dashes and those at the ends go is a guess. How the
 * Hub shortens long names is unknown; here they are cut at the 63 characters of a DNS label.
 */
export function slugOf(id: string): string {
  const dashed = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return dashed.replaceAll(/^-|-$/g, '').slice(0, 63);
}
