/** Compiles src/ and bundles it into dist/, so that the action runs in a checkout with no node_modules. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'inherit' });

const remove = (directory: string) => rmSync(directory, { recursive: true, force: true });

remove('build');
run('tsc', '-p', 'tsconfig.build.json');
remove('dist');
run('ncc', 'build', 'build/index.js', '-o', 'dist', '--license', 'licenses.txt', '--quiet');
