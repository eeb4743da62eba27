/** `exec` runs the words as they are, `shell` gives the text to a shell, as in a Dockerfile. */
export type Command =
  | { readonly form: 'exec'; readonly words: readonly string[] }
  | { readonly form: 'shell'; readonly text: string; readonly shell: readonly string[] };

/** What one must know of an image to tell its failures from those of an engine without containers. */
export interface ImageFacts {
  /** The base image. */
  readonly name: string;
  /** The languages and tools that it has: `python`, `node`, … */
  readonly languages: readonly string[];
  /** Those of them whose version the tag leaves open, so that the real image may have a newer one. */
  readonly open: readonly string[];
  /** It has no compilers and libraries for development. */
  readonly isSlim: boolean;
  /** Commands that were not run, and would have installed something. */
  readonly skipped: readonly string[];
}

/** The result of a build without containers: a directory tree, and how to run what is in it. */
export interface ProcessImage {
  /** Stands for `/` of the container. Nothing runs in it: each start gets a copy. */
  readonly root: string;
  /** Container paths that exist in the image: these, and what lies below, are found under `root`. */
  readonly directories: readonly string[];
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: Command | undefined;
  /** The port that README.md names; an app started here gets a free one instead. */
  readonly appPort: number;
  /** Directories of this machine that go before PATH: the virtual environment of a Python image. */
  readonly path: readonly string[];
  readonly facts: ImageFacts;
}

/** A commit of a static Space. */
export interface SiteImage {
  readonly kind: 'site';
  readonly commit: string;
  /** Directory of the files that were asked for so far. */
  readonly root: string;
  /** The page that `/` redirects to, relative to `root`. */
  readonly appFile: string;
}
