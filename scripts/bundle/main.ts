/**
 * Compiles src/ and bundles it, so that neither the action nor the command needs a node_modules: the action into dist/
 * (or the directory named), the command and the local Hub that it rehearses on into build/. With --command, not the
 * action.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';

/** What `npm pack` takes from build/; all else there is compiled again each time. */
const PACKAGED = ['command', 'local-hub'];

const [argument] = process.argv.slice(2);
const isCommandOnly = argument === '--command';
const out = isCommandOnly ? undefined : argument;

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'inherit' });
const remove = (path: string) => rmSync(path, { recursive: true, force: true });

for (const name of existsSync('build') ? readdirSync('build') : [])
  if (!PACKAGED.includes(name)) remove(`build/${name}`);
run('tsc', '-p', 'tsconfig.build.json');
if (!isCommandOnly) bundle('build/index.js', out ?? 'dist');
if (out === undefined) bundle('build/cli/index.js', 'build/command');

/** Built in another directory and then moved, so that the bundle exists all the time. */
function bundle(entry: string, directory: string): void {
  const fresh = `${directory}.new`;
  remove(fresh);
  run('ncc', 'build', entry, '-o', fresh, '--license', 'licenses.txt', '--quiet');
  remove(directory);
  renameSync(fresh, directory);
}
