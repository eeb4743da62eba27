import { mkdir } from 'node:fs/promises';
import { commitLog, type LoggedCommit } from './commit-log.ts';
import { listTree, type TreeEntry } from './list-tree.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { type Refs, readRefs } from './refs.ts';
import { runGit } from './run-git.ts';
import { type CommitDraft, writeCommit } from './write-commit.ts';

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

const treesKept = 32;

/** A bare git repository: the truth about the files and the history of one Space. */
export class Repository {
  readonly gitDir: string;
  /** Everything that moves a ref goes through here: check and change are one step. */
  readonly writing = new OneAtATime();
  readonly #trees = new Map<string, Promise<Tree>>();

  constructor(gitDir: string) {
    this.gitDir = gitDir;
  }

  async init(): Promise<void> {
    await mkdir(this.gitDir, { recursive: true });
    await this.git('init', '--bare', '--quiet', '--template=', '--initial-branch=main', '.');
  }

  git(...args: string[]): Promise<Buffer> {
    return runGit(this.gitDir, args);
  }

  /** The commit and tree behind `main`, `HEAD`, a branch, a tag, a full id or `refs/…`. */
  async resolve(rev: string): Promise<Revision | undefined> {
    if (!/^\w[\w./-]*$/.test(rev) || rev.includes('..')) return undefined;
    try {
      const out = await this.git('rev-parse', '--quiet', `${rev}^{commit}`, `${rev}^{tree}`);
      const [commit, tree] = out.toString().split('\n');
      return commit && tree ? { commit, tree } : undefined;
    } catch {
      return undefined;
    }
  }

  async head(): Promise<string> {
    return (await this.git('rev-parse', 'refs/heads/main')).toString().trim();
  }

  tree(oid: string): Promise<Tree> {
    const known = this.#trees.get(oid);
    if (known !== undefined) return known;
    const tree = this.#readTree(oid);
    this.#trees.set(oid, tree);
    tree.catch(() => this.#trees.delete(oid));
    for (const oldest of this.#trees.keys()) if (this.#trees.size > treesKept) this.#trees.delete(oldest);
    return tree;
  }

  blob(oid: string): Promise<Buffer> {
    return this.git('cat-file', 'blob', oid);
  }

  refs(): Promise<Refs> {
    return readRefs(this.gitDir);
  }

  log(commit: string, page?: { skip?: number; count?: number }): Promise<LoggedCommit[]> {
    return commitLog(this.gitDir, commit, page);
  }

  commit(draft: CommitDraft): Promise<string> {
    return writeCommit(this.gitDir, draft);
  }

  /** Points a ref at a commit given as the text of its object. */
  async moveToCommitObject(ref: string, text: string): Promise<void> {
    const oid = await runGit(this.gitDir, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text });
    await this.git('update-ref', ref, oid.toString().trim());
  }

  async #readTree(oid: string): Promise<Tree> {
    const entries = await listTree(this.gitDir, oid);
    return { oid, entries, byPath: new Map(entries.map((entry) => [entry.path, entry])) };
  }
}
