import { fileURLToPath } from 'node:url';

/** The checkout that contains this script, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
