import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SpaceSource } from '../../space-runtime.ts';
import type { SiteImage } from '../image/image.ts';

/**
 * The files of a site, each written below its root when it is first asked for: a commit to thousands is served at once.
 */
export class SiteFiles {
  readonly #source: Pick<SpaceSource, 'writeFile'>;
  readonly #image: Pick<SiteImage, 'commit' | 'root'>;
  readonly #there = new Map<string, Promise<boolean>>();

  constructor(source: Pick<SpaceSource, 'writeFile'>, image: Pick<SiteImage, 'commit' | 'root'>) {
    this.#source = source;
    this.#image = image;
  }

  /** Whether the site has this file; if so, it is now at its path below the root. */
  async fetch(path: string): Promise<boolean> {
    const known = this.#there.get(path);
    if (known !== undefined) return known;
    const fetched = this.#fetch(path);
    this.#there.set(path, fetched);
    const forget = () => this.#there.delete(path);
    // Names that visitors guess must not fill the memory.
    fetched.then((isThere) => isThere || forget(), forget);
    return fetched;
  }

  async #fetch(path: string): Promise<boolean> {
    const { commit, root } = this.#image;
    const file = join(root, path);
    // Written beside the root and then moved, because another start of the same image may be serving the file.
    const unfinished = `${root}.${randomUUID()}`;
    if (!(await this.#source.writeFile(commit, path, unfinished))) return false;
    await mkdir(dirname(file), { recursive: true });
    await rename(unfinished, file);
    return true;
  }
}
