import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readings } from '../../readings.ts';
import type { SpaceRuntime } from '../../space-runtime.ts';
import { HubError } from '../http/hub-error.ts';
import { layOutSpace, type NewSpace } from './new-space.ts';
import { Space, type SpaceRecord } from './space.ts';

export interface SpacesOptions {
  readonly dir: string;
  readonly now: () => Date;
  readonly readings: Readings;
  readonly startRuntime: (space: Space) => Promise<SpaceRuntime>;
}

/** All Spaces, found by id in any case. */
export class Spaces {
  readonly #options: SpacesOptions;
  readonly #byId = new Map<string, Space>();
  readonly #creating = new Set<string>();
  /** Former ids; each leads to the Space that had it last. */
  readonly #former = new Map<string, Space>();

  constructor(options: SpacesOptions) {
    this.#options = options;
  }

  find(id: string): Space | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  findFormer(id: string): Space | undefined {
    const space = this.#former.get(id.toLowerCase());
    return space && this.find(space.id) === space ? space : undefined;
  }

  all(): Space[] {
    return [...this.#byId.values()];
  }

  /** Opens the Spaces that an earlier Hub left in the directory. */
  async load(): Promise<void> {
    for (const key of await readdir(this.#options.dir).catch(() => [])) {
      const dir = join(this.#options.dir, key);
      const text = await readFile(join(dir, 'space.json'), 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      const record: SpaceRecord = { pushes: {}, ...JSON.parse(text) };
      const space = new Space(record, dir, this.#options.readings);
      await this.#open(space);
      await space.noticeHead();
    }
  }

  /** Throws 409 while the id is being created. The caller has checked that it is free. */
  async create(wanted: NewSpace): Promise<Space> {
    const key = wanted.id.toLowerCase();
    if (this.#creating.has(key)) {
      throw new HubError(409, 'Cannot create repo: another conflicting operation is in progress');
    }
    this.#creating.add(key);
    try {
      return await this.#create(wanted);
    } finally {
      this.#creating.delete(key);
    }
  }

  async #create(wanted: NewSpace): Promise<Space> {
    const space = await layOutSpace(wanted, this.#options);
    await this.#open(space);
    await this.#firstLook(space);
    return space;
  }

  /** A Space with the files of every docker or gradio Space is not built: there is no app yet. */
  async #firstLook(space: Space): Promise<void> {
    const head = await space.learnHead();
    const { tree } = await space.revision('main');
    const { entries } = await space.repository.tree(tree);
    if (head && entries.some(({ path }) => path !== '.gitattributes' && path !== 'README.md'))
      space.runtime.pushed(head);
  }

  async #open(space: Space): Promise<void> {
    await mkdir(join(space.dir, 'work'), { recursive: true });
    space.runtime = await this.#options.startRuntime(space);
    space.runtime.setDevMode(space.record.devMode);
    this.#byId.set(space.id.toLowerCase(), space);
  }

  async remove(space: Space): Promise<void> {
    this.#byId.delete(space.id.toLowerCase());
    await end(space);
    await rm(space.dir, { recursive: true, force: true, maxRetries: 3 });
  }

  async rename(space: Space, id: string): Promise<void> {
    this.#byId.delete(space.id.toLowerCase());
    this.#former.set(space.id.toLowerCase(), space);
    this.#former.delete(id.toLowerCase());
    space.record.id = id;
    this.#byId.set(id.toLowerCase(), space);
    await space.save();
  }

  async removeAll(): Promise<void> {
    this.#former.clear();
    await Promise.all(this.all().map((space) => this.remove(space)));
  }

  /** Ends all apps and keeps the files. */
  async close(): Promise<void> {
    await Promise.all(this.all().map(end));
    this.#byId.clear();
  }
}

async function end(space: Space): Promise<void> {
  space.gone.abort();
  await space.runtime.close();
}
