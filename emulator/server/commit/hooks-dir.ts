import { fileURLToPath } from 'node:url';

/** Directory of the git hooks of every repository: the pre-receive check (hub-contract §12.2). */
export const hooksDir = fileURLToPath(new URL('./hooks', import.meta.url));
