import { randomUUID } from 'node:crypto';
import { mkdir, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotRehearse } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { cloneTree } from '../image/clone-tree.ts';
import { runToEnd } from '../process/run-to-end.ts';
import { replaceIn } from './relocate-environments.ts';

/** A virtual environment of this machine; nobody writes to it any more, so images share it. */
export interface VirtualEnvironment {
  readonly path: string;
  /** Identifies what is in it; undefined when that is not fully known. */
  readonly key: string | undefined;
}

/**
 * The virtual environments that stand in for the Python of base images. Their scripts contain their own path, so an
 * environment is never moved: it is made under a unique name, and a link to it is made once it is complete.
 */
export class PythonLayers {
  readonly #job: BuildJob;

  constructor(job: BuildJob) {
    this.#job = job;
  }

  /** Of this Python, with nothing but pip in it. Throws CannotRehearse where it cannot make one. */
  async empty(python: string): Promise<VirtualEnvironment> {
    const key = this.#job.layers.key('venv', python);
    const found = await this.find(key, true);
    if (found) return found;
    const path = await this.#freshPlace();
    // The machine's own environment: python3 may be a shim that needs it, and nothing of the project runs here.
    const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
    const onLine = (line: string) => this.#job.log(`${line}\n`);
    const launch = { command: python, args: ['-m', 'venv', path], cwd: this.#job.into, env, onLine };
    const code = await runToEnd(launch, this.#job.signal);
    if (code !== 0) {
      await rm(path, { recursive: true, force: true });
      throw new CannotRehearse(`${python} of this machine cannot make a virtual environment.`);
    }
    return this.keep({ path, key });
  }

  /** An environment that an earlier build made; a factory rebuild finds none but the empty one. */
  async find(key: string, always = false): Promise<VirtualEnvironment | undefined> {
    if (!always && !this.#job.layers.reads) return undefined;
    const path = await realpath(this.#link(key)).catch(() => undefined);
    return path === undefined ? undefined : { path, key };
  }

  /** A copy to install more into. */
  async copy({ path }: VirtualEnvironment): Promise<string> {
    const place = await this.#freshPlace();
    await cloneTree(path, place, true);
    const scripts = (await readdir(join(place, 'bin'))).map((name) => join(place, 'bin', name));
    await Promise.all([...scripts, join(place, 'pyvenv.cfg')].map((file) => replaceIn(file, path, place)));
    return place;
  }

  async keep(made: VirtualEnvironment): Promise<VirtualEnvironment> {
    // Two builds may make the same at once: the first one is found from then on.
    if (made.key !== undefined) await symlink(made.path, this.#link(made.key)).catch(() => undefined);
    return made;
  }

  #link(key: string): string {
    return join(this.#job.layers.directory, `python-${key}`);
  }

  async #freshPlace(): Promise<string> {
    await mkdir(this.#job.layers.directory, { recursive: true });
    return join(await realpath(this.#job.layers.directory), `venv-${randomUUID().slice(0, 13)}`);
  }
}
