import TestSequencer from '@jest/test-sequencer';

/**
 * Files that take minutes, which neither their size nor, on a fresh clone, any memory of jest's tells. Those of stories
 * mostly wait and those of faults mostly compute, so they go side by side.
 */
const FIRST = [
  'scenarios/rollback',
  'faults/random-schedules',
  'scenarios/rollback-interrupted',
  'faults/killed',
  'faults/every-route-first',
  'scenarios/rollback-starting-points',
  'faults/every-route-again',
  'scenarios/preconditions',
  'faults/every-route-settings',
  'readings/keyless',
  'readings/docker',
  'readings/visibility',
  'readings/seldom',
];
/** It measures processor time, for which the others should be over. */
const LAST = ['contract/start'];

const placeOf = ({ path }) => {
  const isIn = (name) => path.endsWith(`/${name}.test.ts`);
  const first = FIRST.findIndex(isIn);
  return first === -1 ? FIRST.length + LAST.findIndex(isIn) + 1 : first;
};

/** Lets no processor be idle at the end while one long file is left. */
export default class InOrder extends TestSequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
