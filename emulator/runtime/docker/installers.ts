import type { Bringable } from '../programs/bring-program.ts';

/** Scripts from the internet that install a program which a registry has, too. */
const SCRIPTS: readonly (readonly [RegExp, Bringable | 'poetry'])[] = [
  [/\bastral\.sh\/uv\b/, 'uv'],
  [/\bbun\.(?:sh|com)\/install\b/, 'bun'],
  [/\bdeno\.land\/(?:x\/)?install\b/, 'deno'],
  [/\binstall\.python-poetry\.org\b/, 'poetry'],
];
const PIPED = /^\s*(?:curl|wget)\b[^|]*\|\s*(?:\w+=\S+\s+)*(?:env\s+(?:\w+=\S+\s+)*)?(?:(?:ba|da)?sh|python3?)\b/;

/** The program that `curl … | sh` would install, where a registry can bring it; undefined for anything else. */
export function installedBy(command: string): Bringable | 'poetry' | undefined {
  if (!PIPED.test(command)) return undefined;
  return SCRIPTS.find(([address]) => address.test(command))?.[1];
}
