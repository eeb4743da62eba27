import { filesOf } from './support/app.ts';
import { PER_ACTION } from './support/faults.ts';
import { meetFaults } from './support/meet-faults.ts';

const SPACE = '/api/spaces/:owner/:name';

const calls = {
  [`GET ${SPACE}`]: 2,
  'POST /api/validate-yaml': 1,
  'POST /api/repos/create': 1,
  [`GET ${SPACE}/variables`]: 2,
  [`GET ${SPACE}/secrets`]: 2,
  [`GET ${SPACE}/commits/:rev`]: 2,
  [`GET ${SPACE}/host`]: 2,
  [`POST ${SPACE}/preupload/:rev`]: 2,
  'POST /spaces/:owner/:name.git/info/lfs/objects/batch': 1,
  'PUT /storage/:key/:oid/:size': 1,
  'PUT /storage/parts/:upload/:part': 3,
  'POST /api/complete_multipart/:key/:oid/:size/:upload': 1,
  [`POST ${SPACE}/commit/:rev`]: 1,
  [`GET ${SPACE}/logs/:kind`]: 1,
  [`GET ${SPACE}/runtime`]: 3,
};

/** What the first look asks beside the Space itself, which is not there yet: nobody needs the answers. */
const BESIDES = /\/(variables|secrets|commits\/:rev|host|runtime)$/;

meetFaults(
  {
    title: 'a first deployment',
    space: (version) => `me/app-${version}`,
    wanted: (version) => ({
      files: filesOf(version),
      variables: { GREETING: `hello ${version}` },
      secrets: { SESSION: `secret of version ${version}` },
      visibility: 'public',
    }),
    commits: () => 2,
    calls,
  },
  Object.keys(calls),
  // The library's own preupload is made again without Xet.
  ({ route, on, kind }) => {
    if (kind !== PER_ACTION) return undefined;
    // The second look is that after the creation.
    if (on === 2 && route.endsWith('/runtime')) return ['explained'];
    const isOfTheLibrary = route.includes('/preupload/') && on === 2;
    return isOfTheLibrary || (on === 1 && BESIDES.test(route)) ? ['right'] : undefined;
  },
);
