/**
 * Compiles src/ and bundles it, so that neither the action nor the command needs a node_modules: the action into dist/
 * (or the directory named), the command and the local Hub that it rehearses on into build/. With --command, not the
 * action.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** What `npm pack` takes from build/; all else there is compiled again each time. */
const PACKAGED = ['command', 'local-hub'];

/** Where the local Hub is compiled. */
const LOCAL_HUB = 'build/local-hub-compiled';

const [argument] = process.argv.slice(2);
const isCommandOnly = argument === '--command';
const out = isCommandOnly ? undefined : argument;

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'inherit' });
const remove = (path: string) => rmSync(path, { recursive: true, force: true });

for (const name of existsSync('build') ? readdirSync('build') : [])
  if (!PACKAGED.includes(name)) remove(`build/${name}`);
run('tsc', '-p', 'tsconfig.build.json');
layOutUndici();
if (!isCommandOnly) bundle('build/index.js', out ?? 'dist');
if (out === undefined) {
  bundle('build/cli/index.js', 'build/command');
  run('tsc', '-p', 'tsconfig.local-hub.json');
  bundle(`${LOCAL_HUB}/scripts/rehearse/rehearsal-hub.js`, 'build/local-hub', addOwnFiles);
}

/**
 * The bundles get what they use of undici, and no more (scripts/bundle/undici). ncc looks for a package from the file that
 * imports it upwards, so the packages of @actions, which import it, too, lie beside it.
 */
function layOutUndici(): void {
  cpSync('node_modules/@actions', 'build/node_modules/@actions', { recursive: true });
  cpSync('scripts/bundle/undici', 'build/node_modules/undici', { recursive: true });
  cpSync('node_modules/undici/LICENSE', 'build/node_modules/undici/LICENSE');
}

/** Built in another directory and then moved, so that the bundle exists all the time. */
function bundle(entry: string, directory: string, complete: (fresh: string) => void = () => undefined): void {
  const fresh = `${directory}.new`;
  remove(fresh);
  ncc(entry, fresh);
  complete(fresh);
  remove(directory);
  renameSync(fresh, directory);
}

function ncc(entry: string, directory: string): void {
  run('ncc', 'build', entry, '-o', directory, '--license', 'licenses.txt', '--quiet');
}

/** What the local Hub gives to other programs (emulator/own-file.ts), where they find it. */
function addOwnFiles(hub: string): void {
  for (const program of ['git/git-launcher-process', 'server/commit/pre-receive']) {
    const alone = `${hub}/alone`;
    ncc(`${LOCAL_HUB}/emulator/${program}.js`, alone);
    mkdirSync(dirname(`${hub}/${program}`), { recursive: true });
    renameSync(`${alone}/index.js`, `${hub}/${program}.js`);
    appendFileSync(
      `${hub}/licenses.txt`,
      existsSync(`${alone}/licenses.txt`) ? readFileSync(`${alone}/licenses.txt`) : '',
    );
    remove(alone);
  }
  for (const files of ['server/commit/hooks', 'runtime/app/network']) {
    cpSync(`emulator/${files}`, `${hub}/${files}`, { recursive: true });
  }
}
