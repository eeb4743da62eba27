import { AT_RUN_TIME_CAUSES } from './at-run-time.ts';
import { DEBIAN_CAUSES } from './debian.ts';
import { DOCKERFILE_CAUSES } from './dockerfile.ts';
import { HUB_CAUSES } from './hub.ts';
import type { KnownCause } from './known-cause.ts';
import { NODE_CAUSES } from './node.ts';
import { PYTHON_CAUSES } from './python.ts';
import { START_COMMAND_CAUSES } from './start-command.ts';

/** By subject, from the most telling to the least: a sign that names the thing comes before one that names its kind. */
export const CAUSES_BY_SUBJECT: Readonly<Record<string, readonly KnownCause[]>> = {
  'What the Hub says': HUB_CAUSES,
  'The Dockerfile and its base image': DOCKERFILE_CAUSES,
  Python: PYTHON_CAUSES,
  'Debian packages': DEBIAN_CAUSES,
  Node: NODE_CAUSES,
  'The start command': START_COMMAND_CAUSES,
  'While the app runs': AT_RUN_TIME_CAUSES,
};

export const KNOWN_CAUSES: readonly KnownCause[] = Object.values(CAUSES_BY_SUBJECT).flat();

/** More of a line is not read: some signs take time with the square of it, and an app may write a megabyte in one. */
const LONGEST_LINE = 4_000;

/**
 * The first known cause whose sign is in the text; newest lines of a log belong at its end. `ownModules` are the Python
 * modules of the source.
 */
export function likelyCause(
  text: string,
  ownModules: ReadonlySet<string> = new Set(),
): { readonly cause: string; readonly fix: string } | undefined {
  const short = text
    .split('\n')
    .map((line) => line.slice(0, LONGEST_LINE))
    .join('\n');
  for (const { sign, cause, fix, fixFor } of KNOWN_CAUSES) {
    const found = sign.exec(short);
    if (found === null) continue;
    const named = found.slice(1).find(Boolean);
    const what = named === undefined ? '' : ` ${JSON.stringify(named)}`;
    return {
      cause: cause.replace(' $1', () => what),
      fix: named === undefined || fixFor === undefined ? fix : fixFor(named, ownModules),
    };
  }
  return undefined;
}
