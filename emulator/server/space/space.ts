import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Repository, type Revision } from '../../git/repository.ts';
import { ObjectStore } from '../../lfs/object-store.ts';
import type { Readings } from '../../readings.ts';
import type { SpaceRuntime } from '../../space-runtime.ts';
import type { Guarded } from '../accounts/caller.ts';
import { entryNotFound, revisionNotFound } from '../http/refusals.ts';
import { changesOnlyReadme } from './changes-only-readme.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import type { StoredVolume } from './volumes.ts';

export type Visibility = 'public' | 'private' | 'protected';

export interface Setting {
  readonly value: string;
  readonly description?: string | undefined;
  readonly updatedAt: string;
}

/** What is stored of a Space besides its repository and LFS objects. */
export interface SpaceRecord {
  /** 24 hex digits; the Space keeps them when it is renamed. */
  readonly key: string;
  readonly createdAt: string;
  /** The SDK that was asked for at creation; the README decides from then on. */
  readonly createdSdk: string;
  id: string;
  visibility: Visibility;
  devMode: boolean;
  variables: Record<string, Setting>;
  secrets: Record<string, Setting>;
  volumes?: readonly StoredVolume[] | undefined;
  /** Of each large file that was pushed, by its sha256. */
  pushes: Record<string, FirstPush>;
}

/** Where a large file was pushed first, and under which name. The Hub tells this, whatever names it later (hub-contract §11). */
export interface FirstPush {
  readonly filename: string;
  readonly ref: string;
}

/** One Space: its repository, objects, settings and runtime. */
export class Space implements Guarded {
  readonly record: SpaceRecord;
  readonly dir: string;
  readonly readings: Readings;
  readonly repository: Repository;
  readonly objects: ObjectStore;
  /** Aborted when the Space is deleted or the Hub ends. */
  readonly gone = new AbortController();
  #card: FrontMatter = {};
  #runtime: SpaceRuntime | undefined;
  #head = '';

  constructor(record: SpaceRecord, dir: string, readings: Readings) {
    this.readings = readings;
    this.record = record;
    this.dir = dir;
    this.repository = new Repository(join(dir, 'repo.git'));
    this.objects = new ObjectStore(join(dir, 'lfs'));
  }

  get id(): string {
    return this.record.id;
  }

  get owner(): string {
    return this.id.slice(0, this.id.indexOf('/'));
  }

  get name(): string {
    return this.id.slice(this.id.indexOf('/') + 1);
  }

  get visibility(): Visibility {
    return this.record.visibility;
  }

  get sdk(): string {
    const sdk = this.#card['sdk'];
    return typeof sdk === 'string' ? sdk : this.record.createdSdk;
  }

  get runtime(): SpaceRuntime {
    if (!this.#runtime) throw new Error(`${this.id} has no runtime yet`);
    return this.#runtime;
  }

  set runtime(runtime: SpaceRuntime) {
    this.#runtime = runtime;
  }

  /** Writes the record to disk, for a Hub that is started again on the same directory. */
  async save(): Promise<void> {
    await writeFile(join(this.dir, 'space.json'), JSON.stringify(this.record, null, 2), { mode: 0o600 });
  }

  /** Remembers of large files that are new where they were pushed. */
  async noticePush(ref: string, files: readonly { readonly oid: string; readonly path: string }[]): Promise<void> {
    const { pushes } = this.record;
    const added = files.filter(({ oid }) => pushes[oid] === undefined);
    for (const { oid, path } of added)
      pushes[oid] ??= { filename: path, ref: ref.replace(/^refs\/(heads|tags)\//, '') };
    if (added.length > 0) await this.save();
  }

  /** Reads the tip of `main`, and tells the runtime when it has changed. */
  async noticeHead(): Promise<void> {
    const before = this.#head;
    const head = await this.learnHead();
    if (head) this.runtime.pushed(head, { onlyReadme: before !== '' && (await changesOnlyReadme(this, before, head)) });
  }

  /** The new tip of `main`, if it moved since the last call. */
  async learnHead(): Promise<string | undefined> {
    const head = await this.repository.head();
    if (head === this.#head) return undefined;
    this.#head = head;
    this.#card = await this.frontMatter(head).catch(() => ({}));
    return head;
  }

  /** The front matter of README.md; empty when there is none. Throws on YAML that cannot be read. */
  async frontMatter(rev: string): Promise<FrontMatter> {
    const { tree } = await this.revision(rev);
    const readme = (await this.repository.tree(tree)).byPath.get('README.md');
    return readme ? readFrontMatter((await this.repository.blob(readme.oid)).toString()) : {};
  }

  /** Throws 404 RevisionNotFound. */
  async revision(rev: string): Promise<Revision> {
    const revision = await this.repository.resolve(rev === 'HEAD' ? 'main' : rev);
    if (!revision) throw revisionNotFound(rev);
    return revision;
  }

  /** Content of a file, LFS objects as their content. Throws 404 EntryNotFound. */
  async read(path: string, rev = 'main'): Promise<Buffer> {
    const { tree } = await this.revision(rev);
    const entry = (await this.repository.tree(tree)).byPath.get(path);
    if (entry?.type !== 'file') throw entryNotFound();
    if (!entry.lfs) return this.repository.blob(entry.oid);
    return buffer(this.objects.read(entry.lfs.oid));
  }
}
