import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathsBelow } from '../support/folder.ts';
import type { Access, Client } from './client.ts';
import { run } from './run.ts';

/** The Hub refuses larger ones in git itself (hub-contract §12.2). */
const LARGEST_IN_GIT = 10 * 1024 * 1024;

/** `git` with `git-lfs`, set up as their manuals say. */
export function gitClient({ hubUrl, token, home }: Access): Client {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    PASSWORD: token,
  };
  const plainGit = (...args: string[]) => run('git', args, { env, cwd: home });
  let isSetUp: Promise<void> | undefined;
  const git = async (...args: string[]) => {
    isSetUp ??= setUp(plainGit, home);
    await isSetUp;
    return plainGit(...args);
  };
  const remote = (id: string) => `${hubUrl}/spaces/${id}`;
  const clone = async (id: string, revision = 'main', into?: string) => {
    const directory = into ?? (await mkdtemp(join(home, 'clone-')));
    await git('clone', '--quiet', '--branch', revision, remote(id), directory);
    return directory;
  };
  /** Commits and pushes what `change` did to a clone. */
  const changed = async (id: string, branch: string, change: (clone: string) => Promise<void>) => {
    const directory = await clone(id, branch);
    await change(directory);
    await git('-C', directory, 'add', '--all');
    if ((await git('-C', directory, 'status', '--porcelain')) !== '') {
      await git('-C', directory, 'commit', '--quiet', '--message', 'By git');
      await git('-C', directory, 'push', '--quiet', 'origin', `HEAD:${branch}`);
    }
    await rm(directory, { recursive: true });
  };
  const pushed = async (id: string, ...refs: string[]) => {
    const directory = await clone(id);
    await git('-C', directory, 'push', '--quiet', 'origin', ...refs);
    await rm(directory, { recursive: true });
  };
  const refs = async (id: string, kind: 'heads' | 'tags') => {
    const lines = await git('ls-remote', `--${kind}`, '--refs', remote(id));
    return [...lines.matchAll(/\trefs\/(?:heads|tags)\/(.+)$/gm)].map(([, name = '']) => name).sort();
  };

  return {
    name: 'git, git-lfs',
    slug: 'git',
    commitsUnchanged: false,
    close: async () => {},
    upload: (id, directory, branch = 'main') =>
      changed(id, branch, async (target) => {
        for (const path of pathsBelow(directory)) {
          const tracked = / filter: lfs$/m.test(await git('-C', target, 'check-attr', 'filter', '--', path));
          if (!tracked && needsLfs(await readFile(join(directory, path)))) {
            await git('-C', target, 'lfs', 'track', '--filename', path);
          }
        }
        await cp(directory, target, { recursive: true });
      }),
    async list(id, revision) {
      const directory = await clone(id, revision);
      const paths = await git('-C', directory, 'ls-tree', '-r', '-z', '--name-only', 'HEAD');
      return paths.split('\0').filter(Boolean).sort();
    },
    async download(id, directory, revision) {
      await clone(id, revision, directory);
      await rm(join(directory, '.git'), { recursive: true });
    },
    deleteFiles: (id, paths) =>
      changed(id, 'main', async (target) => {
        await git('-C', target, 'rm', '--quiet', '--', ...paths);
      }),
    async commits(id) {
      const log = await git('-C', await clone(id), 'log', '--format=%H');
      return log.split('\n').filter(Boolean);
    },
    createBranch: (id, branch) => pushed(id, `HEAD:refs/heads/${branch}`),
    deleteBranch: (id, branch) => pushed(id, `:refs/heads/${branch}`),
    branches: (id) => refs(id, 'heads'),
    createTag: (id, tag) => pushed(id, `HEAD:refs/tags/${tag}`),
    deleteTag: (id, tag) => pushed(id, `:refs/tags/${tag}`),
    tags: (id) => refs(id, 'tags'),
  };
}

async function setUp(git: (...args: string[]) => Promise<string>, home: string): Promise<void> {
  const helper = join(home, 'credentials.sh');
  await writeFile(helper, 'echo username=anybody\necho "password=${PASSWORD}"\n');
  await git('config', '--global', 'user.name', 'Ada');
  await git('config', '--global', 'user.email', 'ada@example.org');
  await git('config', '--global', 'credential.helper', `!sh '${helper}'`);
  await git('lfs', 'install', '--skip-repo');
}

function needsLfs(content: Buffer): boolean {
  return content.length > LARGEST_IN_GIT || content.includes(0);
}
