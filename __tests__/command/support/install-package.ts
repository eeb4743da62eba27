import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The package, as whoever installs it has it: in an empty directory, without a registry. */
export interface InstalledPackage extends Disposable {
  /** What `npm pack` put in, with sizes in bytes. */
  readonly files: ReadonlyMap<string, number>;
  /** The directory that it was installed into. */
  readonly directory: string;
  /** The program that npm links. */
  readonly program: string;
}

/** Packs build/ as it is, and installs the tarball. */
export function installPackage(): InstalledPackage {
  const place = mkdtempSync(join(tmpdir(), 'spaceport-package-'));
  const directory = join(place, 'empty');
  mkdirSync(directory);
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  const npm = (cwd: string, ...args: readonly string[]) => execFileSync('npm', args, { cwd, encoding: 'utf8' });
  // Built already; prepack would build it again.
  const [packed] = JSON.parse(npm(resolve('.'), 'pack', '--json', '--ignore-scripts', '--pack-destination', place)) as [
    { readonly filename: string; readonly files: readonly { readonly path: string; readonly size: number }[] },
  ];
  npm(directory, 'install', '--offline', '--no-audit', '--no-fund', join(place, packed.filename));
  return {
    files: new Map(packed.files.map(({ path, size }) => [path, size])),
    directory,
    program: join(directory, 'node_modules/.bin/spaceport'),
    [Symbol.dispose]: () => rmSync(place, { recursive: true, force: true }),
  };
}
