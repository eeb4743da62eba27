import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** A directory of its own, and git in it. */
export class Directory {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'source-')));

  git(...args: readonly string[]): string {
    return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: this.path,
      env: ENV,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  write(path: string, content: string | Uint8Array, mode = 0o644): this {
    const absolute = join(this.path, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, content, { mode });
    return this;
  }

  link(path: string, target: string): this {
    const absolute = join(this.path, path);
    mkdirSync(dirname(absolute), { recursive: true });
    symlinkSync(target, absolute);
    return this;
  }

  commit(): this {
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'x');
    return this;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A repository with some committed files. */
export function repository(files: Readonly<Record<string, string>>, ...init: readonly string[]): Directory {
  const directory = new Directory();
  directory.git('init', '-q', ...init);
  for (const [path, content] of Object.entries(files)) directory.write(path, content);
  return Object.keys(files).length === 0 ? directory : directory.commit();
}
