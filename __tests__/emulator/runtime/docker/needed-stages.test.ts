import { expect, test } from '@jest/globals';
import { planStages } from '../../../../emulator/runtime/docker/needed-stages.ts';
import { parseDockerfile } from '../../../../emulator/runtime/docker/parse-dockerfile.ts';

function plan(text: string, variables: Record<string, string> = {}) {
  const { bases, order } = planStages(parseDockerfile(text), variables);
  return { bases: bases.map((base) => (base.kind === 'stage' ? base.index : base.name)), order };
}

const BY_ARGUMENT = `ARG INCLUDE_DB=false
FROM node:24 AS builder
FROM node:24 AS local_db_false
FROM mongo AS mongo
FROM local_db_false AS local_db_true
COPY --from=mongo /usr/bin/mongod /usr/bin/
FROM local_db_\${INCLUDE_DB} AS final
COPY --chown=1000 --from=builder /app /app
`;

test.each([
  ['the last one alone', 'FROM a\nFROM b', {}, ['a', 'b'], [1]],
  ['a stage by name, whatever the case', 'FROM a AS One\nFROM ONE', {}, ['a', 0], [0, 1]],
  ['a name that an argument makes', BY_ARGUMENT, {}, ['node:24', 'node:24', 'mongo', 1, 1], [1, 0, 4]],
  [
    'a name that a variable of the Space makes',
    BY_ARGUMENT,
    { INCLUDE_DB: 'true' },
    ['node:24', 'node:24', 'mongo', 1, 3],
    [1, 2, 3, 0, 4],
  ],
  ['a source by number', 'FROM a\nFROM b\nFROM c\nCOPY --from=1 x y', {}, ['a', 'b', 'c'], [1, 2]],
  ['a source that comes later', 'FROM a AS x\nCOPY --from=y f .\nFROM b AS y\nFROM x', {}, ['a', 'b', 0], [1, 0, 2]],
  ['a mount', 'FROM a AS x\nFROM b\nRUN --mount=from=x,target=/x ls', {}, ['a', 'b'], [0, 1]],
  ['an image like a number', 'FROM 0\nFROM 0', {}, ['0', '0'], [1]],
  ['an argument of an argument', 'ARG A=1\nARG B=x:${A}\nFROM ${B:-y}', {}, ['x:1'], [0]],
  ['an argument in quotes', 'ARG A="1-slim"\nFROM x:$A', {}, ['x:1-slim'], [0]],
  ['a default in FROM', 'ARG A\nFROM x:${A:-2}', {}, ['x:2'], [0]],
  ['an alternative in FROM', 'ARG A=1\nFROM x${A:+-gpu}', {}, ['x-gpu'], [0]],
  ["BuildKit's own arguments", 'FROM x-$TARGETARCH', {}, ['x-amd64'], [0]],
  ['the last stage of a name', 'FROM a AS x\nFROM b AS x\nFROM x', {}, ['a', 'b', 1], [1, 2]],
])('%s', (_, text, variables, bases, order) => {
  expect(plan(text, variables)).toEqual({ bases, order });
});

test.each([
  ['FROM $NONE', 'base name ($NONE) should not be blank'],
  ['FROM a AS x\nCOPY --from=x f .', 'circular dependency detected on stage: x'],
  ['FROM a\nCOPY --from=7 f .', 'invalid stage index 7'],
  [
    'ARG V=a\nFROM a\nCOPY --from=$V f .',
    'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
  ],
])('%j is refused', (text, reason) => {
  expect(() => plan(text)).toThrow(`Job failed with exit code: 1. Reason: ${reason}`);
});
