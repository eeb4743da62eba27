import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { type Commit, commitLog, countCommits, type LogPage, readCommit } from './commit-log.ts';
import { listTree, type TreeEntry } from './list-tree.ts';
import { readObject } from './objects.ts';
import { readOnce } from './read-once.ts';
import { type Refs, readRefs } from './refs.ts';
import { runGit } from './run-git.ts';
import { type Author, type CommitDraft, writeCommit } from './write-commit.ts';

/** What a name such as `main` stands for at this moment. */
export interface Revision {
  readonly commit: string;
  readonly tree: string;
}

export interface Tree {
  readonly oid: string;
  readonly entries: readonly TreeEntry[];
  readonly byPath: ReadonlyMap<string, TreeEntry>;
}

/** What a commit without a parent is made of. */
export interface RootCommit {
  readonly tree: string;
  readonly message: string;
  readonly author: Author;
  readonly date: Date;
}

const treesKept = 32;
const commitsKept = 1024;
const blobsKept = 256;
/** Enough for cards, attributes and other files that are read often. */
const keptBlobBytes = 64 * 1024;
const fullId = /^[0-9a-f]{40}$/;

/** A bare git repository: the truth about the files and the history of one Space. */
export class Repository {
  readonly gitDir: string;
  /** Everything that moves a ref runs in here, one at a time: check and change are one step. */
  readonly writing = pLimit(1);
  readonly #tree = readOnce((oid) => this.#readTree(oid), { max: treesKept });
  readonly #commit = readOnce((id) => readCommit(this.gitDir, id), { max: commitsKept });
  readonly #count = readOnce((id) => countCommits(this.gitDir, id), { max: commitsKept });
  readonly #blob = readOnce((oid) => readObject(this.gitDir, 'blob', oid), {
    max: blobsKept,
    isKept: ({ length }) => length <= keptBlobBytes,
  });

  constructor(gitDir: string) {
    this.gitDir = gitDir;
  }

  /** Makes a bare repository (gitrepository-layout). `git init` does the same and takes ten times as long. */
  async init(): Promise<void> {
    for (const directory of ['objects', 'refs/heads']) await mkdir(join(this.gitDir, directory), { recursive: true });
    await writeFile(join(this.gitDir, 'HEAD'), 'ref: refs/heads/main\n');
    await writeFile(join(this.gitDir, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  }

  git(...args: string[]): Promise<Buffer> {
    return runGit(this.gitDir, args);
  }

  /** The commit and tree behind `main`, `HEAD`, a branch, a tag, a full id or `refs/…`. */
  async resolve(rev: string): Promise<Revision | undefined> {
    if (!/^\w[\w./-]*$/.test(rev) || rev.includes('..')) return undefined;
    try {
      const id = fullId.test(rev) ? rev : /^(main|HEAD)$/.test(rev) ? await this.#tip() : undefined;
      const known = id === undefined ? undefined : await this.#commit(id).catch(() => undefined);
      return known === undefined ? await this.#parse(rev) : { commit: known.id, tree: known.tree };
    } catch {
      return undefined;
    }
  }

  async head(): Promise<string> {
    return (await this.#tip()) ?? (await this.git('rev-parse', 'refs/heads/main')).toString().trim();
  }

  tree(oid: string): Promise<Tree> {
    return this.#tree(oid);
  }

  blob(oid: string): Promise<Buffer> {
    return this.#blob(oid);
  }

  refs(): Promise<Refs> {
    return readRefs(this.gitDir);
  }

  /** Commits reachable from the one with this id, newest first. */
  log(commit: string, page: LogPage = {}): Promise<Commit[]> {
    return commitLog(this.#commit, commit, page);
  }

  /** How many commits are reachable from the one with this id. */
  count(commit: string): Promise<number> {
    return this.#count(commit);
  }

  commit(draft: CommitDraft): Promise<string> {
    return writeCommit(this.gitDir, draft);
  }

  /** Points a ref at a new commit without a parent, and returns its id. */
  async moveToRootCommit(ref: string, { tree, message, author, date }: RootCommit): Promise<string> {
    const person = `${author.name} <${author.email}> ${Math.floor(date.getTime() / 1000)} +0000`;
    const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\n${message}`;
    const oid = await runGit(this.gitDir, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text });
    await this.git('update-ref', ref, oid.toString().trim());
    return oid.toString().trim();
  }

  /** The id of the tree without entries, which git has to be told of once. */
  async emptyTree(): Promise<string> {
    return (await runGit(this.gitDir, ['mktree'], { input: '' })).toString().trim();
  }

  /** The commit of `main`, which git keeps in a file of that name; undefined where git stores it elsewhere. */
  async #tip(): Promise<string | undefined> {
    const text = await readFile(join(this.gitDir, 'refs/heads/main'), 'utf8').catch(() => '');
    return fullId.test(text.trim()) ? text.trim() : undefined;
  }

  async #parse(rev: string): Promise<Revision> {
    const out = await this.git('rev-parse', '--quiet', `${rev}^{commit}`, `${rev}^{tree}`);
    const [commit = '', tree = ''] = out.toString().split('\n');
    return { commit, tree };
  }

  async #readTree(oid: string): Promise<Tree> {
    const entries = await listTree(this.gitDir, oid);
    return { oid, entries, byPath: new Map(entries.map((entry) => [entry.path, entry])) };
  }
}
