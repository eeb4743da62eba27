import { basename } from 'node:path';
import { bytesOf } from '../deploy-file.ts';
import type { DeployFile } from '../source.ts';

/** A script is looked at this far, in bytes: its first lines show what ends them. */
const LOOK = 4096;
const LONGEST_SCRIPT = 1024 * 1024;
/** The Dockerfile takes the line ends of Windows away itself. */
const TAKEN_AWAY = /\bdos2unix\b|\bsed\b[^\n]*\\r|\btr -d [^\n]*\\r/;

/**
 * Scripts with the line ends of Windows that the Dockerfile names. Linux takes the sign at the end of `#!/bin/sh` for a
 * part of the name, so that the container says `no such file or directory` of a file that is there.
 */
export async function windowsScripts(
  dockerfile: string,
  files: ReadonlyMap<string, DeployFile>,
): Promise<readonly string[]> {
  if (TAKEN_AWAY.test(dockerfile)) return [];
  const words = new Set(dockerfile.split(/[\s"'[\],;&|()=]+/).map((word) => basename(word)));
  const named = [...files.values()].filter(({ path, size }) => words.has(basename(path)) && size <= LONGEST_SCRIPT);
  const starts = await Promise.all(named.map(async (file) => ({ path: file.path, start: await startOf(file) })));
  return starts
    .filter(({ path, start }) => /^#!.*\r\n/.test(start) || (path.endsWith('.sh') && start.includes('\r\n')))
    .map(
      ({ path }) =>
        `${JSON.stringify(path)} has the line ends of Windows, and the Dockerfile names it: in the container it cannot start ("no such file or directory"). Save it with LF, and put "*.sh text eol=lf" into .gitattributes.`,
    );
}

async function startOf(file: DeployFile): Promise<string> {
  return Buffer.from((await bytesOf(file)).subarray(0, LOOK)).toString('latin1');
}
