import leven from 'leven';

/** A name that differs in more letters than this share of its own is another word. */
const MOST_DIFFERENT = 0.4;

/** The name that was probably meant: `healthPath`, `health_path` and `helth-path` are `health-path`. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const nearest = names
    .map((name) => ({ name, distance: leven(plain(written), plain(name)) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (nearest === undefined || nearest.distance > Math.max(1, nearest.name.length * MOST_DIFFERENT)) return undefined;
  return nearest.name;
}

/** A name without what people write in different ways: capitals, dashes, underscores. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}
