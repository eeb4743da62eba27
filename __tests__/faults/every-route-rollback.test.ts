import { filesOf, type Wanted } from './support/app.ts';
import { PER_ACTION } from './support/faults.ts';
import { meetFaults } from './support/meet-faults.ts';

const SPACE = '/api/spaces/:owner/:name';
const wanted = (version: number): Wanted => ({
  files: filesOf(version),
  variables: { GREETING: `hello ${version}`, FAREWELL: 'goodbye' },
  secrets: { SESSION: 'the same secret' },
  visibility: 'public',
});
const calls = {
  [`GET ${SPACE}`]: 1,
  [`GET ${SPACE}/variables`]: 1,
  [`GET ${SPACE}/secrets`]: 1,
  [`GET ${SPACE}/commits/:rev`]: 2,
  [`GET ${SPACE}/host`]: 1,
  [`GET ${SPACE}/revision/:rev`]: 2,
  'GET /spaces/:owner/:name/resolve/:rev/*': 3,
  [`POST ${SPACE}/variables`]: 1,
  [`GET ${SPACE}/lfs-files`]: 1,
  [`POST ${SPACE}/commit/:rev`]: 1,
  [`GET ${SPACE}/logs/:kind`]: 1,
  [`GET ${SPACE}/runtime`]: 3,
};

/** Two versions are deployed, and the first of them is restored. */
meetFaults(
  {
    title: 'a rollback',
    space: () => 'me/app',
    before: async (lab, id, version) => {
      for (const each of [2 * version, 2 * version + 1]) {
        const { errors } = await lab.deploy(id, wanted(each));
        if (errors.length > 0) throw new Error(errors.join('\n'));
      }
    },
    wanted: (version) => wanted(2 * version),
    inputs: { mode: 'rollback' },
    result: 'rolled-back',
    commits: (version) => 3 * version + 1,
    calls,
  },
  Object.keys(calls).filter((route) => route.startsWith('POST')),
  // Where the store does not tell which files it has, the commit will.
  ({ route, kind }) => (kind === PER_ACTION && route.endsWith('/lfs-files') ? ['right'] : undefined),
);
