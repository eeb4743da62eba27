/** Answers that never change, such as what is behind the id of an object: each is asked for once, the newest are kept. */
export class Memo<T> {
  readonly #most: number;
  readonly #kept = new Map<string, Promise<T>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What is known under this key, else what `read` gives; an error is not kept. */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const answer = read();
    this.#kept.set(key, answer);
    answer.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) if (this.#kept.size > this.#most) this.#kept.delete(oldest);
    return answer;
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }
}
