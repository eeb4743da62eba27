import { fileURLToPath } from 'node:url';

/** The checkout that this script is part of, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
