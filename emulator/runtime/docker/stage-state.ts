import { join, posix } from 'node:path';
import type { Command, ImageFacts } from '../image/image.ts';
import { CONTAINER_HOME, CONTAINER_PATH } from '../image/image-environment.ts';
import { ImagePaths } from '../image/image-paths.ts';
import type { VirtualEnvironment } from '../python/python-layers.ts';
import type { Step, Words } from './dockerfile.ts';
import { expandWord } from './expand-variables.ts';
import { withImplicitProgram } from './implicit-program.ts';
import type { ProvidedImage } from './provided-images.ts';

/** One stage while it is built, with the effect of the steps so far. */
export class StageState {
  readonly paths: ImagePaths;
  readonly env: Record<string, string> = { PATH: CONTAINER_PATH };
  readonly args: Record<string, string> = {};
  /** Virtual environment of a Python stage, on this machine. */
  venv: VirtualEnvironment | undefined;
  workdir = '/';
  shell: readonly string[] = ['/bin/sh', '-c'];
  cmd: Command | undefined;
  /** CMD is this stage's, not its base image's. */
  hasOwnCmd = false;
  entrypoint: Command | undefined;
  /** The image that it began with, also through other stages. */
  image: ProvidedImage | undefined;
  /** Directories of this machine with programs of its images. */
  readonly tools: string[] = [];
  /** Commands that were not run, and would have installed something. */
  readonly skipped: string[] = [];
  /** Tools that a registry brought in place of an installer from the internet. */
  readonly installed: string[] = [];
  /** corepack was asked for, so pnpm and yarn are there. */
  hasCorepack = false;
  /** Steps of ONBUILD, for the stages that begin with this one. */
  readonly onBuild: Step[] = [];

  constructor(root: string) {
    this.paths = new ImagePaths(root, [CONTAINER_HOME]);
  }

  /** Takes over the settings of the earlier stage that FROM names; the caller copies its files. */
  inherit(from: StageState): void {
    for (const directory of from.paths.directories) this.paths.add(directory);
    Object.assign(this.env, from.env);
    Object.assign(this.args, from.args);
    const { venv, workdir, shell, cmd, entrypoint, image } = from;
    Object.assign(this, { venv, workdir, shell, cmd, entrypoint, image });
    this.tools.push(...from.tools);
    this.skipped.push(...from.skipped);
    this.installed.push(...from.installed);
    this.hasCorepack = from.hasCorepack;
  }

  /** Takes over the settings of the image that FROM names. */
  begin(image: ProvidedImage): void {
    Object.assign(this.env, image.env);
    for (const path of Object.values(image.env)) this.paths.add(path);
    this.tools.push(...image.directories);
    const { workdir, cmd, entrypoint } = image;
    Object.assign(this, { workdir, cmd, entrypoint, image });
    this.paths.add(workdir);
  }

  /** Directories of this machine with the programs of the image, those of its virtual environment first. */
  get programDirectories(): readonly string[] {
    return [...(this.venv === undefined ? [] : [join(this.venv.path, 'bin')]), ...this.tools];
  }

  /** What one must know of the image to tell its failures from those of the engine. */
  get facts(): ImageFacts {
    const programs = this.image?.programs ?? [];
    return {
      name: this.image?.image ?? 'scratch',
      languages: [...programs.map(({ name }) => name), ...this.installed],
      open: programs.filter(({ version }) => version === undefined).map(({ name }) => name),
      isSlim: this.image?.isSlim ?? true,
      skipped: this.skipped,
    };
  }

  /** A word of an instruction: its variables expanded, its quotes taken off. */
  expand(word: string): string {
    return expandWord(word, this.values);
  }

  /** What variables stand for: ENV comes before ARG. */
  get values(): Readonly<Record<string, string>> {
    return { ...this.args, ...this.env };
  }

  /** Absolute container path of one that may be relative to WORKDIR. */
  resolve(path: string): string {
    return posix.resolve(this.workdir, path) + (/(^|\/)\.?\/?$/.test(path) || path.endsWith('/') ? '/' : '');
  }

  command(words: Words): Command {
    return words.form === 'exec' ? words : { ...words, shell: this.shell };
  }

  /** ENTRYPOINT and CMD as Docker puts them together: an exec ENTRYPOINT takes CMD as its arguments. */
  get start(): Command | undefined {
    const { entrypoint, cmd } = this;
    if (!entrypoint && cmd?.form === 'exec') return withImplicitProgram(cmd, this.image);
    if (entrypoint?.form !== 'exec' || cmd === undefined) return entrypoint ?? cmd;
    const args = cmd.form === 'exec' ? cmd.words : [...cmd.shell, cmd.text];
    return { form: 'exec', words: [...entrypoint.words, ...args] };
  }
}
