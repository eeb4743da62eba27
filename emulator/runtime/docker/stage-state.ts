import { posix } from 'node:path';
import type { Command } from '../image/image.ts';
import { CONTAINER_HOME, CONTAINER_PATH } from '../image/image-environment.ts';
import { ImagePaths } from '../image/image-paths.ts';
import type { VirtualEnvironment } from '../python/python-layers.ts';
import type { Step, Words } from './dockerfile.ts';
import { expandWord } from './expand-variables.ts';

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
    const { venv, workdir, shell, cmd, entrypoint } = from;
    Object.assign(this, { venv, workdir, shell, cmd, entrypoint });
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
    if (entrypoint?.form !== 'exec' || cmd === undefined) return entrypoint ?? cmd;
    const args = cmd.form === 'exec' ? cmd.words : [...cmd.shell, cmd.text];
    return { form: 'exec', words: [...entrypoint.words, ...args] };
  }
}
