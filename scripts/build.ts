/** Compiles src/ and bundles it into dist/, so that the action runs in a checkout with no node_modules. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'inherit' });

for (const directory of ['build', 'dist']) rmSync(directory, { recursive: true, force: true });
run('tsc', '-p', 'tsconfig.build.json');
run('ncc', 'build', 'build/index.js', '-o', 'dist', '--license', 'licenses.txt', '--quiet');
