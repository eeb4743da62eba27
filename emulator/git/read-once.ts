import { LRUCache } from 'lru-cache';

interface Limits<T> {
  /** How many answers are kept; the least recently used go first. */
  readonly max: number;
  /** Whether an answer is worth its memory. */
  readonly isKept?: (value: T) => boolean;
}

/**
 * Reads what never changes, such as the object behind an id: once for each id, whoever asks meanwhile. An error is not
 * kept. The cache holds promises, since `fetch` of lru-cache gives nothing for what is evicted while it is read.
 */
export function readOnce<T>(
  read: (id: string) => Promise<T>,
  { max, isKept = () => true }: Limits<T>,
): (id: string) => Promise<T> {
  const cache = new LRUCache<string, Promise<T>>({ max });
  return (id) => {
    const known = cache.get(id);
    if (known !== undefined) return known;
    const answer = read(id);
    cache.set(id, answer);
    const forget = () => cache.delete(id);
    answer.then((value) => isKept(value) || forget(), forget);
    return answer;
  };
}
