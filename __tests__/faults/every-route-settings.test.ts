import { filesOf } from './support/app.ts';
import { PER_ACTION } from './support/faults.ts';
import { meetFaults } from './support/meet-faults.ts';

const SPACE = '/api/spaces/:owner/:name';
const writes = {
  [`PUT ${SPACE}/settings`]: 1,
  [`DELETE ${SPACE}/variables`]: 1,
  [`DELETE ${SPACE}/secrets`]: 1,
  [`POST ${SPACE}/variables`]: 2,
  [`POST ${SPACE}/secrets`]: 2,
};

/** The same files, other settings: one changed, one added and one deleted of each kind, and the visibility. */
meetFaults(
  {
    title: 'a change of settings',
    space: () => 'me/app',
    wanted: (version) => {
      const turn = version % 2 === 0 ? 'EVEN' : 'ODD';
      return {
        files: filesOf(1),
        variables: { GREETING: `hello ${version}`, [`${turn}_PLACE`]: 'here' },
        secrets: { SESSION: `secret of version ${version}`, [`${turn}_KEY`]: 'the key' },
        visibility: version % 2 === 0 ? 'private' : 'public',
      };
    },
    commits: () => 2,
    calls: {
      [`GET ${SPACE}`]: 1,
      'POST /api/validate-yaml': 1,
      [`GET ${SPACE}/variables`]: 1,
      [`GET ${SPACE}/secrets`]: 1,
      [`GET ${SPACE}/commits/:rev`]: 1,
      [`GET ${SPACE}/host`]: 1,
      ...writes,
      [`GET ${SPACE}/runtime`]: 3,
    },
  },
  Object.keys(writes),
  // The README is the same, so nobody needs the answer.
  ({ route, kind }) => (route.endsWith('/validate-yaml') && kind === PER_ACTION ? ['right'] : undefined),
);
