/** Compiles src/ and bundles it into dist/ (or the directory named), so that the action runs in a checkout with no node_modules. */
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'inherit' });

const remove = (directory: string) => rmSync(directory, { recursive: true, force: true });

const out = process.argv[2] ?? 'dist';

remove('build');
run('tsc', '-p', 'tsconfig.build.json');
// Built in another directory and then moved, so that the bundle exists all the time.
const fresh = `${out}.new`;
remove(fresh);
run('ncc', 'build', 'build/index.js', '-o', fresh, '--license', 'licenses.txt', '--quiet');
remove(out);
renameSync(fresh, out);
