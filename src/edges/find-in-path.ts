import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The absolute path of a program. The current directory is never searched, as Windows does: it may be that of a
 * repository, which must not bring its own.
 */
export function findInPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const isWindows = process.platform === 'win32';
  const path = (isWindows ? (env['Path'] ?? env['PATH']) : env['PATH']) ?? '';
  const file = isWindows ? `${name}.exe` : name;
  return path
    .split(delimiter)
    .filter((directory) => isAbsolute(directory))
    .map((directory) => join(directory, file))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
