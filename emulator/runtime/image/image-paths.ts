import { existsSync } from 'node:fs';
import { posix } from 'node:path';

// `sqlite:////app/x.db` is three slashes and an absolute path; `http://app/x` has no absolute path in it.
const ABSOLUTE = /(^|[\s:=,;'"`(<>])(\/\/\/)?(\/[\w.@%+~-][^\s:'"`,;)(&|<>]*)/g;

/** Finds the paths of a container below the directory that stands for its `/`. */
export class ImagePaths {
  readonly root: string;
  readonly #directories: Set<string>;

  constructor(root: string, directories: Iterable<string> = []) {
    this.root = root;
    this.#directories = new Set(directories);
  }

  get directories(): readonly string[] {
    return [...this.#directories];
  }

  /** From now on this container path, and what lies below it, belongs to the image. */
  add(path: string): void {
    const normal = trimSlash(posix.normalize(path));
    if (normal.startsWith('/') && normal !== '/') this.#directories.add(normal);
  }

  /** Where an absolute container path is on this machine, whether the image has it or not. */
  locate(path: string): string {
    const normal = posix.normalize(`/${path}`);
    return normal === '/' ? this.root : this.root + trimSlash(normal);
  }

  /** Whether the image knows this absolute path. */
  has(path: string): boolean {
    const normal = trimSlash(posix.normalize(path));
    for (const directory of this.#directories) {
      if (normal === directory || normal.startsWith(`${directory}/`)) return true;
    }
    return normal !== '/' && existsSync(this.root + normal);
  }

  /** Puts the machine's paths in place of the container paths that the image knows. */
  mapText(text: string): string {
    return text.replace(ABSOLUTE, (whole, before: string, slashes: string | undefined, path: string) => {
      if (path === this.root || path.startsWith(`${this.root}/`) || !this.has(path)) return whole;
      const mapped = this.locate(path) + (path.endsWith('/') ? '/' : '');
      return `${before}${slashes ?? ''}${mapped}`;
    });
  }
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
