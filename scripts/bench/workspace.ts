import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository to deploy, as a checkout leaves one. */
export interface Workspace {
  readonly directory: string;
  /** Changes one file, and commits it. */
  change(): void;
  /** Paths of all files that every tool deploys. */
  files(): readonly string[];
  /** A small file that shows whether the newest version is there. */
  readonly sample: { readonly path: string; content(): Buffer };
  remove(): void;
}

const SAMPLE = 'sample.txt';

/** A static site with this number of small text files, including README, page and sample. */
export function manyFiles(count: number): Workspace {
  const directory = site();
  for (let i = 0; i < count - 3; i++) {
    // From 100 bytes to 8 kB, as sources are; always the same.
    write(directory, `pages/${i % 50}/${i}.txt`, `Page ${i}\n`.repeat(10 + ((i * 37) % 800)));
  }
  return committed(directory);
}

/** A static site with one large file, either in git itself or in LFS, as git can push it to a Hub. */
export function oneLargeFile(bytes: number, byLfs: boolean): Workspace {
  const directory = site();
  const git = repository(directory);
  if (byLfs) {
    git('lfs', 'install', '--local');
    git('lfs', 'track', '*.bin');
  }
  write(directory, 'model.bin', randomBytes(bytes));
  return committed(directory);
}

/** A directory outside of git with this number of files of 4 kB and one large file of zeros. */
export function filesAndOneLarge(count: number, largeBytes: number): Pick<Workspace, 'directory' | 'remove'> {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-bench-'));
  write(directory, 'README.md', '---\ntitle: Bench\nsdk: static\n---\n');
  write(directory, 'index.html', '<!doctype html>\n<html><head><title>Bench</title></head><body>Well</body></html>\n');
  for (let i = 0; i < count; i++) write(directory, `data/${i % 200}/${i}.txt`, `${i} `.padEnd(4096, 'x'));
  write(directory, 'model.bin', '\0');
  truncateSync(join(directory, 'model.bin'), largeBytes);
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function site(): string {
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-bench-'));
  repository(directory)('init', '--quiet', '--initial-branch', 'main');
  write(directory, 'README.md', '---\ntitle: Bench\nsdk: static\n---\n');
  write(directory, SAMPLE, 'This one changes.\n');
  write(directory, 'index.html', '<!doctype html>\n<html><head><title>Bench</title></head><body>Well</body></html>\n');
  return directory;
}

function committed(directory: string): Workspace {
  const git = repository(directory);
  const commit = () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Work');
    // A checkout leaves the objects in one pack, as they were fetched, and not one by one.
    git('gc', '--quiet');
  };
  commit();
  const sample = join(directory, SAMPLE);
  return {
    directory,
    change() {
      appendFileSync(sample, `${randomBytes(8).toString('hex')}\n`);
      commit();
    },
    files: () =>
      String(git('ls-files', '-z'))
        .split('\0')
        .filter((path) => path !== '' && path !== '.gitattributes'),
    sample: { path: SAMPLE, content: () => readFileSync(sample) },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function repository(directory: string) {
  const who = [
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.org',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'core.compression=0',
    // Collected once, below: a commit of many files would start another collection beside it.
    '-c',
    'gc.auto=0',
  ];
  return (...args: string[]) => execFileSync('git', [...who, ...args], { cwd: directory, stdio: 'pipe' });
}

function write(directory: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}
