/** The choice that a misspelled word was most likely meant to be; undefined where none is near. Letter case does not count. */
export function nearest(word: string, choices: Iterable<string>): string | undefined {
  const written = word.toLowerCase();
  const most = Math.max(1, Math.floor(word.length / 3));
  const near = [...choices]
    .map((choice) => ({ choice, distance: distanceOf(written, choice.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance);
  return near[0]?.choice;
}

/** How many letters must be put in, taken out or replaced (Levenshtein); two that are swapped count as one. */
function distanceOf(one: string, other: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced, swapped));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
