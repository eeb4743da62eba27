import { filesOf, type Wanted } from './support/app.ts';
import type { Lab } from './support/lab.ts';
import { meetFaults } from './support/meet-faults.ts';

const SPACE = '/api/spaces/:owner/:name';
const WANTED: Wanted = {
  files: filesOf(1),
  variables: { GREETING: 'hello' },
  secrets: { SESSION: 'secret' },
  visibility: 'public',
};

/** A Space that runs is restarted. */
meetFaults(
  {
    title: 'a restart',
    space: () => 'me/app',
    before: async (lab: Lab, id) => {
      const { errors } = await lab.deploy(id, WANTED);
      if (errors.length > 0) throw new Error(errors.join('\n'));
    },
    wanted: () => WANTED,
    inputs: { mode: 'restart' },
    result: 'restarted',
    commits: () => 2,
    calls: {
      [`GET ${SPACE}`]: 1,
      [`GET ${SPACE}/variables`]: 1,
      [`GET ${SPACE}/secrets`]: 1,
      [`GET ${SPACE}/commits/:rev`]: 1,
      [`GET ${SPACE}/host`]: 1,
      [`POST ${SPACE}/restart`]: 1,
      [`GET ${SPACE}/runtime`]: 3,
    },
  },
  [`POST ${SPACE}/restart`],
);
