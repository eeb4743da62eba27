import { fileURLToPath } from 'node:url';

/**
 * The path of a file of the local Hub that another program reads or runs, from its path in this directory. In the package
 * of the command, where all modules are one file, these files lie beside it as they do here.
 */
export function ownFile(path: string): string {
  // Not a literal: the bundler would take the file for an asset and give it another name.
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The same for a module that is a program of its own; packaged, it is JavaScript. */
export function ownProgram(path: string): string {
  return ownFile(`${path}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`);
}
