import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildFailure } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { cloneTree } from '../image/clone-tree.ts';
import { runToEnd } from '../process/run-to-end.ts';

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

  /** With nothing but pip in it. Throws BuildFailure where there is no python3. */
  async empty(): Promise<VirtualEnvironment> {
    const key = this.#job.layers.key('venv');
    const found = await this.find(key, true);
    if (found) return found;
    const path = await this.#freshPlace();
    // The machine's own environment: python3 may be a shim that needs it, and nothing of the project runs here.
    const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
    const onLine = (line: string) => this.#job.log(`${line}\n`);
    const launch = { command: 'python3', args: ['-m', 'venv', path], cwd: this.#job.into, env, onLine };
    const code = await runToEnd(launch, this.#job.signal);
    if (code !== 0) {
      await rm(path, { recursive: true, force: true });
      throw new BuildFailure(code, 'this machine has no python3 that can make a virtual environment');
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
    await Promise.all([...scripts, join(place, 'pyvenv.cfg')].map((file) => renamePlace(file, path, place)));
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

/** The files are links to those of the old path, so they are replaced and never changed in place. */
async function renamePlace(file: string, from: string, to: string): Promise<void> {
  const { mode, size } = await stat(file);
  if (size > 100_000) return;
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) return;
  await rm(file);
  await writeFile(file, text.replaceAll(from, to), { mode });
}
