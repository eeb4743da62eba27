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
    'What is mounted at "/k" is of a kind or from a source that Spaceport does not know: it cannot be compared with `volumes`, which would take it away.',
  );
});

test('nor is what the Hub masks', async () => {
  const failure = read([{ ...DATA, source: '****/******', mountPath: '/m\u001b' }, DATA]);
  await expect(failure).rejects.toMatchObject({
    kind: 'refused',
    problems: [
      {
        where: 'Space me/app; input `volumes`',
        what: 'The Hub hides from this token where "/m\\u001b" comes from: it cannot be compared with `volumes`, which would take it away.',
        cause: '`volumes` replaces all that is mounted, and what is not known could not be mounted again.',
        fix: 'Use a token with access to its source, or leave `volumes` out and mount by hand.',
      },
    ],
  });
});

test.each(['leads', 'me/leads/more', 'me/le ads', '', undefined])(
  'a source that is not owner and name, %j, is not known either',
  async (source) => {
    await expect(read([{ ...DATA, source }])).rejects.toThrow('from a source that Spaceport does not know');
  },
);
