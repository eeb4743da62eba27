import { filesOf } from './support/app.ts';
import { PER_ACTION } from './support/faults.ts';
import { meetFaults } from './support/meet-faults.ts';

const SPACE = '/api/spaces/:owner/:name';

/** A Space that is there gets another version of its files and of one variable. */
meetFaults(
  {
    title: 'a second deployment',
    space: () => 'me/app',
    wanted: (version) => ({
      files: filesOf(version),
      variables: { GREETING: `hello ${version}`, FAREWELL: 'goodbye' },
      secrets: { SESSION: 'the same secret' },
      visibility: 'public',
    }),
    commits: (version) => version + 1,
    calls: {
      [`GET ${SPACE}`]: 1,
      'POST /api/validate-yaml': 1,
      [`GET ${SPACE}/variables`]: 2,
      [`GET ${SPACE}/secrets`]: 2,
      [`GET ${SPACE}/commits/:rev`]: 1,
      [`GET ${SPACE}/host`]: 1,
      [`GET ${SPACE}/revision/:rev`]: 1,
      [`POST ${SPACE}/variables`]: 1,
      [`POST ${SPACE}/preupload/:rev`]: 2,
      'POST /spaces/:owner/:name.git/info/lfs/objects/batch': 1,
      'PUT /storage/:key/:oid/:size': 1,
      'PUT /storage/parts/:upload/:part': 3,
      'POST /api/complete_multipart/:key/:oid/:size/:upload': 1,
      [`POST ${SPACE}/commit/:rev`]: 1,
      [`GET ${SPACE}/logs/:kind`]: 1,
      [`GET ${SPACE}/runtime`]: 3,
    },
  },
  [`POST ${SPACE}/variables`, `POST ${SPACE}/commit/:rev`],
  ({ route, on, kind }) => {
    // The library's own preupload is made again without Xet, and the README is the same.
    const isNotNeeded = (route.includes('/preupload/') && on === 2) || route.endsWith('/validate-yaml');
    return isNotNeeded && kind === PER_ACTION ? ['right'] : undefined;
  },
);
