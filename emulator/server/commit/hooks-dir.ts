import { ownFile } from '../../own-file.ts';

/** Directory of the git hooks of every repository: the pre-receive check (hub-contract §12.2). */
export const hooksDir = ownFile('./server/commit/hooks');
