/** Its front matter is the configuration of the Space (hub-contract §12.1). */
export const README = 'README.md';

/**
 * Never deployed and never deleted: the Hub keeps its LFS rules in it, and without them large files would no longer be
 * stored as such (hub-contract §12.2).
 */
export const GIT_ATTRIBUTES = '.gitattributes';

export const DOCKERFILE = 'Dockerfile';
