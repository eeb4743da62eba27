import { lstatSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { systemGit } from '../../../../src/edges/git.ts';
import { blobIdOf } from '../../../../src/source/blob-id.ts';
import { listFiles } from '../../../../src/source/files/list-files.ts';
import { openRepository } from '../../../../src/source/files/repository.ts';
import { Directory, repository } from '../git-repository.ts';

const made: Directory[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) directory.remove();
});

function kept<T extends Directory>(directory: T): T {
  made.push(directory);
  return directory;
}

/**
 * What would be deployed. Each file as a word: `index` when its blob id is git's, `blob` when git's own bytes are deployed
 * and those of the work tree differ, `read` when it must be hashed, `*` when
 * it is executable, `+` when git does not track it, and where its bytes come from when that is elsewhere. A blob id that
 * is not that of the bytes is a wrong deployment, whatever the case.
 */
async function list(directory: string, options: Options = {}) {
  const from = join(directory, options.path ?? '.');
  const { problems, warnings, ...found } = await listing(directory, options);
  const files = found.files.map((file): [string, string] => {
    const bytes = file.bytes ?? readFileSync(file.absolute);
    expect([file.path, file.size, file.blobId ?? blobIdOf(bytes)]).toEqual([file.path, bytes.length, blobIdOf(bytes)]);
    const original = relative(from, file.absolute);
    const how = file.blobId === undefined ? 'read' : file.bytes === undefined ? 'index' : 'blob';
    const words = [how, ...(original === file.path ? [] : [`from ${original}`])];
    return [file.path, words.join(' ') + (file.executable ? '*' : '') + (file.tracked ? '' : '+')];
  });
  return { files: Object.fromEntries(files.sort()), problems, warnings };
}

interface Options {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly path?: string;
}

function listing(directory: string, { include = [], exclude = [], path = '.' }: Options = {}) {
  const from = join(directory, path);
  const world = { git: systemGit, runner: { env: {} } };
  return listFiles({ directory: from, include, exclude, path }, openRepository(world, from));
}

const only = (files: Readonly<Record<string, string>>) => ({ files, problems: [], warnings: [] });

test('a clean work tree is not read at all', async () => {
  const repo = kept(repository({ 'app.py': 'print()\n', 'dir/empty': '', '.hidden': 'x' }));
  repo.write('run.sh', '#!/bin/sh\n', 0o755).commit();
  expect(await list(repo.path)).toEqual(
    only({ '.hidden': 'index', 'app.py': 'index', 'dir/empty': 'index', 'run.sh': 'index*' }),
  );
});

test('a changed file is read, staged or not; one that only looks changed is not', async () => {
  const repo = kept(repository({ changed: 'a', staged: 'a', both: 'a', touched: 'a' }));
  repo
    .write('changed', 'longer')
    .write('staged', 'longer')
    .write('both', 'longer')
    .write('added', 'new')
    .write('intended', 'x');
  repo.git('add', 'staged', 'both', 'added');
  repo.git('add', '-N', 'intended');
  repo.write('both', 'longer still').write('untracked', 'x');
  utimesSync(join(repo.path, 'touched'), 1, 1);
  const { files } = await list(repo.path);
  expect({ ...files, touched: '' }).toEqual({
    added: 'index',
    both: 'read',
    changed: 'read',
    intended: 'read',
    staged: 'index',
    touched: '',
  });
});

test('a change that keeps the size, within the same second, is seen', async () => {
  const repo = kept(repository({ a: 'one' }));
  repo.write('a', 'two');
  expect(await list(repo.path)).toEqual(only({ a: 'read' }));
});

test.each(['--assume-unchanged', '--skip-worktree'])(
  'a change that git was told to overlook with %s is seen',
  async (flag) => {
    const repo = kept(repository({ a: 'one', b: 'one' }));
    repo.git('update-index', flag, 'a');
    repo.write('a', 'two');
    expect(await list(repo.path)).toEqual(only({ a: 'read', b: 'index' }));
  },
);

test('a deleted file is not deployed, staged or not', async () => {
  const repo = kept(repository({ a: '1', b: '2', c: '3' }));
  rmSync(join(repo.path, 'a'));
  repo.git('rm', '-q', 'b');
  expect(await list(repo.path)).toEqual(only({ c: 'index' }));
});

test('an ignored or untracked file is deployed only when `include` names it', async () => {
  const repo = kept(repository({ '.gitignore': 'dist\n', 'a.txt': 'x' }));
  repo.write('dist/app.js', 'x').write('dist/deep/b.js', 'x').write('notes.txt', 'x').write('run', 'x', 0o755);
  expect(await list(repo.path)).toEqual(only({ '.gitignore': 'index', 'a.txt': 'index' }));
  expect(await list(repo.path, { include: ['dist/**', 'run', '*.txt'] })).toEqual(
    only({
      '.gitignore': 'index',
      'a.txt': 'index',
      'dist/app.js': 'read+',
      'dist/deep/b.js': 'read+',
      'notes.txt': 'read+',
      run: 'read*+',
    }),
  );
});

test('an `include` that matches nothing is a problem', async () => {
  const repo = kept(repository({ a: '1' }));
  expect(await list(repo.path, { include: ['dist/**'] })).toEqual({
    files: { a: 'index' },
    problems: [
      {
        where: 'input `include`',
        what: '"dist/**" matches no file.',
        fix: 'Did the step that builds it run before this one? Globs are relative to `path`.',
      },
    ],
    warnings: [],
  });
});

test('`exclude` leaves out, and says when it matches nothing', async () => {
  const repo = kept(repository({ 'a.md': '1', 'docs/b.md': '2', 'docs/.c': '3', d: '4', '.env': 'x' }));
  expect(await list(repo.path, { exclude: ['*.md', 'docs/**', 'nope'] })).toEqual({
    files: { '.env': 'index', d: 'index' },
    problems: [],
    warnings: ['`exclude`: "nope" matches no file.'],
  });
});

test('what is of git, GitHub or the Hub itself is never deployed', async () => {
  const repo = kept(repository({ a: '1', '.github/workflows/ci.yml': 'x', '.gitignore': '', 'x/.github/y': 'z' }));
  repo.write('.cache/huggingface/x', 'x');
  expect(await list(repo.path, { include: ['**'] })).toEqual(
    only({ '.gitignore': 'index', a: 'index', 'x/.github/y': 'index' }),
  );
});

test('a subdirectory is deployed alone', async () => {
  const repo = kept(repository({ 'top.txt': 'x', 'api/app.py': 'x', 'api/src/b.py': 'y', '.gitignore': 'built' }));
  repo.write('api/app.py', 'longer').write('api/built/c.js', 'x');
  expect(await list(repo.path, { path: 'api', include: ['built/**'] })).toEqual(
    only({ 'app.py': 'read', 'built/c.js': 'read+', 'src/b.py': 'index' }),
  );
});

test('an ignored directory is deployed by `include`, and empty without', async () => {
  const repo = kept(repository({ '.gitignore': 'dist\n' }));
  repo.write('dist/index.html', '<p>');
  expect(await list(repo.path, { path: 'dist', include: ['**'] })).toEqual(only({ 'index.html': 'read+' }));
  expect(await list(repo.path, { path: 'dist' })).toEqual({
    files: {},
    problems: [
      {
        where: 'input `path`',
        what: 'There is nothing to deploy in "dist".',
        cause: 'git tracks no file there.',
        fix: 'If it is build output, say so: `include: "**"`. If not, add the files to git and commit them.',
      },
    ],
    warnings: [],
  });
});

test('a repository without a commit', async () => {
  const repo = kept(repository({}));
  repo.write('a', 'x').git('add', 'a');
  expect(await list(repo.path)).toEqual(only({ a: 'index' }));
});

test('outside of git everything is deployed', async () => {
  const directory = kept(new Directory());
  directory.write('a', 'x').write('dir/.hidden', 'y').write('.github/x', 'z').write('run', 'x', 0o700);
  expect(await list(directory.path)).toEqual({
    files: { a: 'read+', 'dir/.hidden': 'read+', run: 'read*+' },
    problems: [],
    warnings: ['There is no git repository here, so everything in the directory is deployed: 3 files.'],
  });
});

test('an empty directory outside of git', async () => {
  expect((await list(kept(new Directory()).path)).problems).toEqual([
    {
      where: 'input `path`',
      what: 'There is nothing to deploy in ".".',
      cause: 'The directory is empty.',
      fix: 'Name the directory of the app.',
    },
  ]);
});

test.each([
  'ü/東京 🚀.txt',
  'with space',
  'line\nbreak',
  'tab\there',
  '"quoted"',
  "it's",
  '-rf',
  ' lead',
  '[id].ts',
  '*',
  '!bang',
  '#hash',
])('a file may be named %j', async (name) => {
  const repo = kept(repository({ [name]: 'x', other: 'y' }));
  expect(await list(repo.path)).toEqual(only({ [name]: 'index', other: 'index' }));
  expect(await list(repo.path, { include: ['**'] })).toEqual(only({ [name]: 'index', other: 'index' }));
});

test('a name that is no UTF-8 is not left out in silence', async () => {
  const repo = kept(repository({ a: 'x' }));
  writeFileSync(Buffer.concat([Buffer.from(`${repo.path}/caf`), Buffer.from([0xe9])]), 'x');
  repo.commit();
  expect((await list(repo.path)).problems).toEqual([
    {
      what: 'The Hub cannot keep a file named "caf�".',
      cause: 'Names are valid UTF-8, at most 1000 characters, without backslashes.',
      fix: 'Rename it, or name it in `exclude`.',
    },
  ]);
});

test('line ends that the attributes convert: what git calls unmodified is deployed as git has it', async () => {
  const repo = kept(repository({ '.gitattributes': '*.txt text eol=crlf\n', 'a.txt': 'one\ntwo\n', b: 'one\n' }));
  rmSync(join(repo.path, 'a.txt'));
  repo.git('checkout', '--', 'a.txt');
  expect(readFileSync(join(repo.path, 'a.txt'), 'utf8')).toBe('one\r\ntwo\r\n');
  expect(await list(repo.path)).toEqual(only({ '.gitattributes': 'index', 'a.txt': 'blob', b: 'index' }));
});

test('a checkout of Windows is the same bytes as one of Linux; what was changed there goes as it is', async () => {
  const files = { 'start.sh': '#!/bin/sh\nexec app\n', 'src/a.py': 'a\nb\n', crlf: 'x\r\ny\r\n' };
  const linux = kept(repository(files)).write('run.sh', 'a\n', 0o755).commit();
  const windows = kept(new Directory());
  windows.git('clone', '-q', '-c', 'core.autocrlf=true', linux.path, '.');
  expect(readFileSync(join(windows.path, 'start.sh'), 'utf8')).toBe('#!/bin/sh\r\nexec app\r\n');
  const bytesOf = async (repo: Directory) =>
    (await listing(repo.path)).files.map((file) => [file.path, String(file.bytes ?? readFileSync(file.absolute))]);
  expect(await bytesOf(windows)).toEqual(await bytesOf(linux));
  expect(await list(windows.path)).toEqual(
    only({ crlf: 'index', 'run.sh': 'blob*', 'src/a.py': 'blob', 'start.sh': 'blob' }),
  );
  windows.write('src/a.py', 'changed\r\n').write('built.js', 'x\r\n');
  expect((await list(windows.path, { include: ['built.js'] })).files).toEqual({
    'built.js': 'read+',
    crlf: 'index',
    'run.sh': 'blob*',
    'src/a.py': 'read',
    'start.sh': 'blob',
  });
});

test('keywords and encodings make other bytes: git’s own are deployed', async () => {
  const repo = kept(repository({ '.gitattributes': 'id ident\nutf16 working-tree-encoding=UTF-16LE\n', id: '$Id$\n' }));
  repo.write('utf16', Buffer.from('hello\n', 'utf16le')).commit();
  rmSync(join(repo.path, 'id'));
  repo.git('checkout', '--', 'id');
  expect(await list(repo.path)).toEqual(only({ '.gitattributes': 'index', id: 'blob', utf16: 'blob' }));
});

test('what a program makes of a blob is deployed as it lies there', async () => {
  const repo = kept(repository({ '.gitattributes': '*.locked filter=lock\n' }));
  repo.git('config', 'filter.lock.clean', 'rev');
  repo.git('config', 'filter.lock.smudge', 'rev');
  repo.write('a.locked', 'one\ntwo\n').commit();
  expect(repo.git('show', ':a.locked')).toBe('eno\nowt\n');
  expect(await list(repo.path)).toEqual(only({ '.gitattributes': 'index', 'a.locked': 'read' }));
});

test('a file under LFS is read, whether git-lfs is there or not', async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`;
  const repo = kept(repository({ '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n', 'm.bin': pointer }));
  expect(await list(repo.path)).toEqual(only({ '.gitattributes': 'index', 'm.bin': 'read' }));
});

test('a repository of sha256 names has none that the Hub knows', async () => {
  const repo = kept(repository({ a: 'x' }, '--object-format=sha256'));
  expect(await list(repo.path)).toEqual(only({ a: 'read' }));
});

test('files of submodules are included, also of one in another', async () => {
  const inner = kept(repository({ 'deep.txt': 'x' }));
  const middle = kept(repository({ 'lib.py': 'x' }));
  middle.git('submodule', '--quiet', 'add', inner.path, 'inner');
  middle.commit();
  const repo = kept(repository({ 'app.py': 'x' }));
  repo.git('submodule', '--quiet', 'add', middle.path, 'vendor/lib');
  repo.commit();
  repo.git('submodule', '--quiet', 'update', '--init', '--recursive');
  repo.write('vendor/lib/lib.py', 'changed').write('vendor/lib/untracked', 'x');
  expect(await list(repo.path)).toEqual(
    only({
      '.gitmodules': 'index',
      'app.py': 'index',
      'vendor/lib/.gitmodules': 'index',
      'vendor/lib/inner/deep.txt': 'index',
      'vendor/lib/lib.py': 'read',
    }),
  );
});

test('a submodule that is not checked out is a problem, unless it is not to be deployed', async () => {
  const inner = kept(repository({ x: 'x' }));
  const origin = kept(repository({ 'app.py': 'x' }));
  origin.git('submodule', '--quiet', 'add', inner.path, 'vendor/lib');
  origin.commit();
  const clone = kept(new Directory());
  clone.git('clone', '-q', origin.path, '.');
  expect(await list(clone.path)).toEqual({
    files: { '.gitmodules': 'index', 'app.py': 'index' },
    problems: [
      {
        what: 'The submodule "vendor/lib" is not checked out.',
        fix: 'Give actions/checkout `submodules: recursive`, or name it in `exclude`.',
      },
    ],
    warnings: [],
  });
  expect(await list(clone.path, { exclude: ['vendor/**'] })).toEqual({
    ...only({ '.gitmodules': 'index', 'app.py': 'index' }),
    warnings: [],
  });
});

test.each([
  [['**'], 'every file'],
  [['a', 'b'], 'all by their names'],
])('`exclude: %j` is told as the reason where nothing is left: %s', async (exclude) => {
  const repo = kept(repository({ 'a/x': '1', b: '2' }));
  expect(await list(repo.path, { exclude })).toEqual({
    files: {},
    problems: [
      {
        where: 'input `exclude`',
        what: 'There is nothing to deploy: `exclude` takes out every file.',
        fix: 'Name only what the app does not need, with globs relative to `path`.',
      },
    ],
    warnings: [],
  });
});

test('a sparse checkout leaves out what is to be deployed', async () => {
  const repo = kept(repository({ 'api/a': '1', 'web/b': '2', 'web/c': '3', '.github/x': '4' }));
  repo.git('sparse-checkout', 'set', 'api');
  const problem = (path: string) => ({
    what: `${JSON.stringify(path)} is tracked, but a sparse checkout left it out.`,
    fix: 'Check out the whole of `path`, or name the file in `exclude`.',
  });
  expect(await list(repo.path)).toEqual({
    files: { 'api/a': 'index' },
    problems: [problem('web/b'), problem('web/c')],
    warnings: [],
  });
  expect(await list(repo.path, { path: 'api' })).toEqual(only({ a: 'index' }));
  expect(await list(repo.path, { exclude: ['web/**'] })).toEqual(only({ 'api/a': 'index' }));
});

test('files that a merge left in conflict are refused, each once', async () => {
  const repo = kept(repository({ 'a.txt': 'base\n', 'b/c.txt': 'base\n', 'gone.txt': 'base\n', 'same.txt': 'base\n' }));
  repo.git('checkout', '-q', '-b', 'other');
  repo.write('a.txt', 'theirs\n').write('b/c.txt', 'theirs\n').write('gone.txt', 'theirs\n').write('new', '').commit();
  repo.git('checkout', '-q', '-');
  repo.write('a.txt', 'ours\n').write('b/c.txt', 'ours\n');
  rmSync(join(repo.path, 'gone.txt'));
  repo.commit();
  expect(() => repo.git('merge', 'other')).toThrow();
  rmSync(join(repo.path, 'gone.txt'));

  const problem = (path: string) => ({
    where: path,
    what: `${JSON.stringify(path)} has a merge conflict that nobody has solved yet.`,
    cause: 'git has several versions of it, and does not know which one is right.',
    fix: 'Solve it in the file and run `git add` on it, give the merge up with `git merge --abort`, or name the file in `exclude`.',
  });
  const others = { new: 'index', 'same.txt': 'index' };
  expect(await list(repo.path)).toEqual({
    files: { 'a.txt': 'read', 'b/c.txt': 'read', ...others },
    problems: [problem('a.txt'), problem('b/c.txt'), problem('gone.txt')],
    warnings: [],
  });
  expect(await list(repo.path, { exclude: ['a.txt', 'b', 'gone.txt'] })).toEqual(only(others));
  repo.write('a.txt', 'both\n').write('b/c.txt', 'both\n').git('add', '--all');
  expect((await list(repo.path)).problems).toEqual([]);
});

const copies = (...paths: readonly string[]) => [
  `Symbolic links become copies: ${paths.map((path) => JSON.stringify(path)).join(', ')}.`,
];

test('links become copies of the files they lead to', async () => {
  const repo = kept(new Directory());
  repo.git('init', '-q');
  repo
    .write('data/a.csv', 'a')
    .write('data/sub/b.csv', 'b')
    .write('run.sh', 'x', 0o755)
    .link('link.csv', 'data/a.csv')
    .link('twice', 'link.csv')
    .link('dir', 'data')
    .link('deep/up.sh', '../run.sh')
    .commit();
  expect(await list(repo.path)).toEqual({
    files: {
      'data/a.csv': 'index',
      'data/sub/b.csv': 'index',
      'deep/up.sh': 'read from run.sh*',
      'dir/a.csv': 'index from data/a.csv',
      'dir/sub/b.csv': 'index from data/sub/b.csv',
      'link.csv': 'read from data/a.csv',
      'run.sh': 'index*',
      twice: 'read from data/a.csv',
    },
    problems: [],
    warnings: copies('deep/up.sh', 'dir', 'link.csv', 'twice'),
  });
});

const leaves = (path: string) => ({
  what: `The symbolic link ${JSON.stringify(path)} leaves the directory that is deployed.`,
  fix: 'Put the file itself there, or name the link in `exclude`.',
});
const nowhere = (path: string) => ({
  what: `The symbolic link ${JSON.stringify(path)} leads nowhere.`,
  fix: 'Remove it, or name it in `exclude`.',
});

test('links that lead out, nowhere, or into .git are each a problem', async () => {
  const repo = kept(new Directory());
  repo.git('init', '-q');
  repo
    .write('app/a', 'x')
    .write('secret', 'x')
    .link('app/etc', '/etc/passwd')
    .link('app/up', '../secret')
    .link('app/dir', '..')
    .link('app/dangling', 'nope')
    .link('app/loop', 'loop')
    .link('config', '.git/config')
    .commit();
  expect(await list(repo.path, { path: 'app' })).toEqual({
    files: { a: 'index' },
    problems: [nowhere('dangling'), leaves('dir'), leaves('etc'), nowhere('loop'), leaves('up')],
    warnings: [],
  });
  expect((await list(repo.path, { exclude: ['app/**'] })).problems).toEqual([leaves('config')]);
  expect(await list(repo.path, { path: 'app', exclude: ['dangling', 'dir', 'etc', 'loop', 'up'] })).toEqual(
    only({ a: 'index' }),
  );
});

test('a link to a directory of which nothing is deployed is not left out in silence', async () => {
  const repo = kept(repository({ a: 'x', '.gitignore': 'built\n' }));
  repo.write('built/x.js', 'x').link('dist', 'built').commit();
  expect(await list(repo.path)).toEqual({
    files: { '.gitignore': 'index', a: 'index' },
    problems: [
      {
        what: 'The symbolic link "dist" leads to a directory of which nothing is deployed.',
        fix: 'Name its files in `include`, or the link in `exclude`.',
      },
    ],
    warnings: [],
  });
  expect(await list(repo.path, { include: ['built/**'] })).toEqual({
    files: { '.gitignore': 'index', a: 'index', 'built/x.js': 'read+', 'dist/x.js': 'read from built/x.js+' },
    problems: [],
    warnings: copies('dist'),
  });
});

test('a link that the checkout wrote as a text file is followed like a link', async () => {
  const origin = kept(
    repository({ 'data/a.csv': 'a', 'data/sub/b.csv': 'b', 'crlf.sh': 'x\n', '.gitattributes': 'x\n' }),
  );
  origin
    .link('link.csv', 'data/a.csv')
    .link('twice', 'link.csv')
    .link('dir', 'data')
    .link('deep/by-dir.csv', '../dir/sub/b.csv')
    .link('copy.sh', 'crlf.sh')
    .link('gone', 'nope')
    .link('loop', 'loop')
    .link('out', '../../etc/passwd')
    .link('absolute', '/etc/passwd')
    .link('config', '.git/config')
    .commit();
  const clone = kept(new Directory());
  clone.git('clone', '-q', '-c', 'core.symlinks=false', '-c', 'core.autocrlf=true', origin.path, '.');
  expect(lstatSync(join(clone.path, 'link.csv')).isFile()).toBe(true);
  const bad = ['gone', 'loop', 'out', 'absolute', 'config'];
  expect((await list(clone.path)).problems).toEqual([
    leaves('absolute'),
    leaves('config'),
    nowhere('gone'),
    nowhere('loop'),
    leaves('out'),
  ]);
  expect(await list(clone.path, { exclude: [...bad, '.gitattributes'] })).toEqual({
    files: {
      'copy.sh': 'blob from crlf.sh',
      'crlf.sh': 'blob',
      'data/a.csv': 'index',
      'data/sub/b.csv': 'index',
      'deep/by-dir.csv': 'read from data/sub/b.csv',
      'dir/a.csv': 'index from data/a.csv',
      'dir/sub/b.csv': 'index from data/sub/b.csv',
      'link.csv': 'read from data/a.csv',
      twice: 'read from data/a.csv',
    },
    problems: [],
    warnings: copies('copy.sh', 'deep/by-dir.csv', 'dir', 'link.csv', 'twice'),
  });
});

test('a file that replaced a link is a file', async () => {
  const repo = kept(repository({ a: 'a' }))
    .link('b', 'a')
    .commit();
  rmSync(join(repo.path, 'b'));
  repo.write('b', 'a file now');
  expect(await list(repo.path)).toEqual(only({ a: 'index', b: 'read' }));
});
