import { expect, test } from '@jest/globals';
import { parseSpace } from '../../../src/inputs/space-id.ts';
import { readVolumes } from '../../../src/space/read-volumes.ts';
import { fakeHub } from '../hub/fake-hub.ts';

const parsed = parseSpace('me/app', undefined);
if (!parsed.ok) throw new Error('me/app is a name');
const space = parsed.value;
const DATA = { type: 'dataset', source: 'me/leads', mountPath: '/leads', readOnly: true } as const;

const read = (volumes: readonly object[]) =>
  readVolumes(fakeHub({ status: 200, body: JSON.stringify({ runtime: { volumes } }) }).session, {
    space,
    volumes: [DATA],
  });

test('what is mounted is read', async () => {
  expect(await read([DATA])).toEqual([DATA]);
});

test('what could not be mounted again is not taken away', async () => {
  await expect(read([DATA, { ...DATA, type: 'kernel', mountPath: '/k' }])).rejects.toThrow(
    'The Space has a volume of a kind that Spaceport does not know, and `volumes` would take it away.',
  );
});
