import { filesOf } from './support/app.ts';
import { PER_ACTION } from './support/faults.ts';
import { meetFaults } from './support/meet-faults.ts';

const SPACE = '/api/spaces/:owner/:name';
const BUCKETS = ['me/even', 'me/odd'] as const;
const volumes = {
  'GET /api/buckets/:owner/:name': 1,
  [`PUT ${SPACE}/volumes`]: 1,
};

/** The same files and settings, another bucket each time. */
meetFaults(
  {
    title: 'a change of volumes',
    space: () => 'me/app',
    wanted: (version) => ({
      files: filesOf(1),
      variables: {},
      secrets: {},
      visibility: 'public',
      bucket: BUCKETS[version % 2] ?? BUCKETS[0],
    }),
    before: async ({ url }) => {
      const headers = { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' };
      // From the second time on there are both.
      for (const bucket of BUCKETS)
        await fetch(`${url}/api/buckets/${bucket}`, { method: 'POST', headers, body: '{}' });
    },
    commits: () => 2,
    calls: {
      [`GET ${SPACE}`]: 2,
      'POST /api/validate-yaml': 1,
      [`GET ${SPACE}/variables`]: 1,
      [`GET ${SPACE}/secrets`]: 1,
      [`GET ${SPACE}/commits/:rev`]: 1,
      [`GET ${SPACE}/host`]: 1,
      ...volumes,
      [`GET ${SPACE}/runtime`]: 3,
    },
  },
  Object.keys(volumes),
  // The README is the same, so nobody needs the answer.
  ({ route, kind }) => (route.endsWith('/validate-yaml') && kind === PER_ACTION ? ['right'] : undefined),
);
