import { fileURLToPath } from 'node:url';

const at = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/**
 * Arguments of Node for a program that a story starts: its hash of secrets is cheap, and its waits are a tenth as long
 * unless they are to be real. V8 compiles the HTTP parser of undici once and not twice, which would take longer than what
 * most stories do.
 */
export function quickNode(waits?: 'real'): readonly string[] {
  const hash = ['--liftoff-only', '--require', at('quick-hash-at-start.cjs')];
  return waits === 'real' ? hash : [...hash, '--require', at('quick-waits-at-start.cjs')];
}
